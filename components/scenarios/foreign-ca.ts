/**
 * The certificate of an authority that signed nothing in the lab (its key is nowhere): what a client trusts when a
 * proof shows that the wrong CA is refused.
 */
export const foreignCaPem = `-----BEGIN CERTIFICATE-----
MIIBvzCCAWWgAwIBAgIUfsoGn+63qlde3rU2GE+SJxD2ScIwCgYIKoZIzj0EAwIw
NDEWMBQGA1UECgwNc29tZWJvZHkgZWxzZTEaMBgGA1UEAwwRYW5vdGhlciBhdXRo
b3JpdHkwIBcNMjYxMTIxMTExMDU1WhgPMjEyNjEwMjgxMTEwNTVaMDQxFjAUBgNV
BAoMDXNvbWVib2R5IGVsc2UxGjAYBgNVBAMMEWFub3RoZXIgYXV0aG9yaXR5MFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEyUFFv8LmlJqdvPzIgt/GSRaQ8NPm69cJ
bNo2Y8fDfXqflnB/OC95J+B4NEcWbJpr8/RisgzMtsvBHYjleNxDa6NTMFEwHQYD
VR0OBBYEFFfUqOQfejCqZpXGnXRzWmsZUKfnMB8GA1UdIwQYMBaAFFfUqOQfejCq
ZpXGnXRzWmsZUKfnMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIh
ANhOrOjQaAnst5qvr+ToxJd9fp9NaEoAYTiLhYLBSM7RAiAaEcpMBLtje6S7ij9/
R7CwtAvwkiXoY+0SJy4cgRN4PQ==
-----END CERTIFICATE-----
`;
