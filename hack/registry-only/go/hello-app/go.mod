module istio-lab/registry-only/hello-app

go 1.25.0
