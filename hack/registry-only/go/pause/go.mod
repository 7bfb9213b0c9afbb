module istio-lab/registry-only/pause

go 1.25.0
