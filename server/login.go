package server

import (
	"net/http"

	"github.com/lics-lab/lics/lab"
)

// login handles /login?token=… with a token that works once. A link followed
// from a mail or a terminal comes from elsewhere, and a SameSite=Strict cookie
// set in the answer would not be sent along the redirect that follows: the
// page that is served instead goes on by itself.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	token := r.URL.Query().Get("token")
	if token == "" {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	u, err := s.auth.sessions.redeem(token)
	if err != nil {
		http.Redirect(w, r, "/?login=expired", http.StatusSeeOther)
		return
	}
	if !s.enter(w, u) {
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Refresh", "0; url=/")
	_, _ = w.Write([]byte(`<!doctype html><html lang="en"><title>LICS</title><p>You are logged in. <a href="/">Go on</a>.</p></html>`))
}

// loginForm handles the form of the page: an access token, once, for a cookie.
func (s *Server) loginForm(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	u, err := s.auth.token(r.Context(), r.PostFormValue("token"))
	if err != nil {
		why := "failed"
		switch lab.CodeOf(err) {
		case lab.Forbidden:
			why = "limited"
		case lab.Unavailable:
			why = "unavailable"
		}
		http.Redirect(w, r, "/?login="+why, http.StatusSeeOther)
		return
	}
	if s.enter(w, u) {
		http.Redirect(w, r, "/", http.StatusSeeOther)
	}
}

func (s *Server) enter(w http.ResponseWriter, u lab.User) bool {
	w.Header().Set("Cache-Control", "no-store")
	cookie, err := s.auth.sessions.cookie(u)
	if err != nil {
		s.log.Error("session not signed", "error", err)
		http.Error(w, "The session could not be made.", http.StatusInternalServerError)
		return false
	}
	http.SetCookie(w, cookie)
	return true
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, s.auth.sessions.noCookie())
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
