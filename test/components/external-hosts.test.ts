import { expect, it } from "vitest";
import { serviceHostOf, serviceNameOf } from "../../components/external-hosts.ts";

it.each([
  ["httpbin.org", "httpbin-org"],
  ["www.google.com", "www-google-com"],
])("%s is played by the Service %s", (host, service) => {
  expect(serviceNameOf(host)).toBe(service);
  expect(serviceHostOf(host)).toBe(`${service}.external.svc.cluster.local`);
});
