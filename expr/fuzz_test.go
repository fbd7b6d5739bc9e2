package expr_test

import (
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/lics-lab/lics/expr"
)

func FuzzCompile(f *testing.F) {
	for _, r := range results {
		f.Add(r.src)
	}
	for _, m := range mistakes {
		f.Add(m.src)
	}
	scope, vars := worldScope(f)
	f.Fuzz(func(t *testing.T, src string) {
		e, err := expr.Compile(src, scope, expr.Invalid)
		if err == nil {
			var v expr.Value
			if v, err = e.Eval(vars); err == nil && v.Type() != e.Type() {
				t.Fatalf("%q gave %v, not %v", src, v.Type(), e.Type())
			}
		}
		var mistake *expr.Error
		if err != nil && (!errors.As(err, &mistake) || mistake.Column < 0 || mistake.Column > utf8.RuneCountInString(src)+1) {
			t.Fatalf("%q: column %d: %v", src, mistake.Column, err)
		}
		if err != nil && !utf8.ValidString(err.Error()) {
			t.Fatalf("%q: %q", src, err.Error())
		}
		for _, r := range mistakeText(mistake) {
			if r >= '\uA000' && r < '\uA400' && utf8.ValidString(src) && !containsRune(src, r) {
				t.Fatalf("%q: a placeholder shows in %q", src, mistake.Message)
			}
		}
		if text, err := expr.CompileTemplate("a {"+src+"}", scope); err == nil {
			_, _ = text.Append(nil, vars)
		}
	})
}

func mistakeText(e *expr.Error) string {
	if e == nil {
		return ""
	}
	return e.Message + e.Hint
}

func containsRune(s string, want rune) bool {
	for _, r := range s {
		if r == want {
			return true
		}
	}
	return false
}

func FuzzParseDuration(f *testing.F) {
	for _, s := range []string{"250ms", "1.5s", "30min", "2h", "100us", "100µs", "1d", "", "s", "-1s", "9223372036854775807ns", "0.0001220703125d", ".", "1.", "1..s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := expr.ParseDuration(s)
		if err != nil {
			return
		}
		if d < 0 {
			t.Fatalf("%q is %d", s, d)
		}
		if back, err := expr.ParseDuration(expr.FormatDuration(d)); err != nil || back != d {
			t.Fatalf("%q is %d, its text %q is %d: %v", s, d, expr.FormatDuration(d), back, err)
		}
	})
}

func FuzzValueJSON(f *testing.F) {
	for _, s := range []string{`true`, `3`, `3.0`, `"a"`, `{"duration_ns":1}`, `[1,2]`, `{"list":"int","values":[]}`, `null`, `[[1]]`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var v, back expr.Value
		if v.UnmarshalJSON(raw) != nil {
			return
		}
		b, err := v.MarshalJSON()
		if err != nil || back.UnmarshalJSON(b) != nil || !back.Equal(v) {
			t.Fatalf("%q is %v, then %s: %v", raw, v, b, err)
		}
	})
}
