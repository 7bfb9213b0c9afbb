import { httpCall, httpsCall, notAnswered, podCall } from "../calls.ts";
import type { Caller } from "../checks/caller.ts";
import type { HttpOutcome } from "../checks/http.ts";
import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";
import { host } from "./manifests.ts";

/** The application by its full name: not every image's resolver knows search domains. */
export const target = "http://helloworld.default.svc.cluster.local";

/** What hello-app 1.0 answers to everything. */
export const greeting: HttpOutcome = {
  status: [200],
  body: { contains: ["Hello, world!", "Version: 1.0.0", "Hostname: helloworld-"] },
};

/** Plain HTTP to the host reaches the application. */
export function httpGreets(lab: LabOutputs): Expectation {
  return {
    name: `http://${host} greets`,
    expected: "200, Hello, world!, Version: 1.0.0, Hostname: helloworld-…",
    check: httpCall(lab, host, "/", { expect: greeting }),
  };
}

/** HTTPS to the host reaches the application, and the lab's CA vouches for the certificate. */
export function httpsGreets(lab: LabOutputs): Expectation {
  return {
    name: `https://${host} greets with a verified certificate`,
    expected: "200, Hello, world!",
    check: httpsCall(lab, host, "/", { expect: greeting }),
  };
}

/** Nothing listens on the HTTPS port: what a step with TLS left would. */
export function noHttps(lab: LabOutputs): Expectation {
  return notAnswered(
    `https://${host} is not answered`,
    httpsCall(lab, host, "/", { trust: "any" }),
  );
}

/** No object of a kind, nor of others, named `kind,kind`, in namespace `default`. */
export function none(what: string, resource: string, selector?: string): Expectation {
  return {
    name: `there is no ${what}`,
    expected: "absent",
    negative: true,
    check: {
      kind: "object",
      resource,
      namespace: "default",
      ...(selector ? { selector } : {}),
      absent: true,
    },
  };
}

/** The client pod of the mesh lesson is not there. */
export const noClient: Expectation = none("client curltest", "deployments", "app=curltest");

/**
 * One pod of the app, as READY of `kubectl get pods` has it: 1/1 is the app alone, 2/2 the app and its proxy, whichever
 * of the pod's two lists of containers that is in.
 */
export function readyPod(app: string, ready: "1/1" | "2/2", namespace = "default"): Expectation {
  const containers = { path: "items[*].status[*][*].name" };
  return {
    name: `pod ${app} is READY ${ready}`,
    expected: ready === "1/1" ? "one container, no istio-proxy" : "the app and istio-proxy",
    check: {
      kind: "object",
      resource: "pods",
      namespace,
      selector: `app=${app}`,
      expect: [
        { path: "items[*].status.conditions[type=Ready].status", sameItems: ["True"] },
        ready === "1/1"
          ? { ...containers, sameItems: [app] }
          : { ...containers, includes: [app, "istio-proxy"] },
      ],
    },
  };
}

/** The sidecar closes a connection that is not mutual TLS. */
export function shutOut(name: string, caller: Caller): Expectation {
  return {
    name: `curltest is shut out by ${name}`,
    expected: "exit 56: connection reset",
    negative: true,
    check: podCall(caller, target, { expect: { exit: [56] } }),
  };
}
