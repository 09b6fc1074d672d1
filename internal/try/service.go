package try

import (
	"io"
	"net/http"
)

// service answers for the services that pages call, whatever the signature: an account
// with two functions.
func service() http.Handler {
	mux := http.NewServeMux()
	const hello = `{"FunctionName":"hello","Runtime":"nodejs22.x","Handler":"index.handler","MemorySize":128,"State":"Active"}`
	const resize = `{"FunctionName":"resize","Runtime":"python3.13","Handler":"app.run","MemorySize":512,"State":"Active"}`
	answers := map[string]string{
		"GET /2015-03-31/functions":        `{"Functions":[` + hello + `,` + resize + `]}`,
		"GET /2015-03-31/functions/hello":  `{"Configuration":` + hello + `,"Tags":{"team":"web"}}`,
		"GET /2015-03-31/functions/resize": `{"Configuration":` + resize + `}`,
	}
	for pattern, body := range answers {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, body)
		})
	}
	mux.HandleFunc("GET /2015-03-31/functions/{name}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Amzn-Errortype", "ResourceNotFoundException")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"Type":"User","Message":"there is no such function"}`)
	})
	return mux
}
