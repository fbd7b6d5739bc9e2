package server

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"

	"github.com/lics-lab/lics/lab"
)

// login handles /login?token=… with a token that works once. A link followed
// from a mail or a terminal comes from elsewhere, and a SameSite=Strict cookie
// set in the answer would not be sent along the redirect that follows: the
// page that is served instead goes on by itself.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	token := r.URL.Query().Get("token")
	next := within(r.URL.Query().Get("next"))
	if token == "" {
		http.Redirect(w, r, next, http.StatusSeeOther) //nolint:gosec // within this site
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
	w.Header().Set("Refresh", "0; url="+next)
	_, _ = fmt.Fprintf(w, `<!doctype html><html lang="en"><title>LICS</title><p>You are logged in. <a href="%s">Go on</a>.</p></html>`,
		html.EscapeString(next))
}

// loginForm handles the form of the page: an access token, once, for a cookie.
func (s *Server) loginForm(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	next := within(r.PostFormValue("next"))
	u, err := s.auth.token(r.Context(), r.PostFormValue("token"))
	if err != nil {
		why := "failed"
		switch lab.CodeOf(err) {
		case lab.Forbidden:
			why = "limited"
		case lab.Unavailable:
			why = "unavailable"
		}
		http.Redirect(w, r, withQuery(next, "login", why), http.StatusSeeOther) //nolint:gosec // within this site
		return
	}
	if s.enter(w, u) {
		http.Redirect(w, r, next, http.StatusSeeOther) //nolint:gosec // within this site
	}
}

// within is the address of one of the app's pages as it was asked for, and the
// first page for anything that would lead elsewhere.
func within(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || u.Opaque != "" ||
		!strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.ContainsAny(u.Path, "\\\r\n") {
		return "/"
	}
	return (&url.URL{Path: u.Path, RawQuery: u.Query().Encode()}).String()
}

func withQuery(address, key, value string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "/"
	}
	q := u.Query()
	q.Set(key, value)
	u.RawQuery = q.Encode()
	return u.String()
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
