// Command hello-app answers every request with a greeting, its version and its host name: what Google's image of that
// name does. The version is in VERSION, the port in PORT (8080 without it).
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	host, err := os.Hostname()
	if err != nil {
		log.Fatal(err)
	}
	answer := fmt.Sprintf("Hello, world!\nVersion: %s\nHostname: %s\n", os.Getenv("VERSION"), host)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		log.Printf("Serving request: %s", r.URL.Path)
		fmt.Fprint(w, answer)
	})
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	log.Printf("Server listening on port %s", port)
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
