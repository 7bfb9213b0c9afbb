import { podCall } from "../calls.ts";
import type { Caller } from "../checks/caller.ts";
import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";
import { greeting, none, readyPod, shutOut, target } from "./rows.ts";

const outsider: Caller = { from: "pod", app: "curltest", namespace: "plain" };

/** The modes of the policies in namespace `default`, by the level that is the strongest one there. */
const modes: Readonly<Record<LabOutputs["precedenceLevel"], readonly string[]>> = {
  port: ["PERMISSIVE", "STRICT"],
  workload: ["PERMISSIVE", "STRICT"],
  namespace: ["PERMISSIVE"],
  mesh: [],
};

/** A client outside the mesh is greeted where the strongest level lets it, and shut out where it does not. */
export function precedenceProof({ precedenceLevel: level }: LabOutputs): Expectation[] {
  const open = level === "port" || level === "namespace";
  const greeted: Expectation = {
    name: `curltest outside the mesh is greeted: level ${level} decides`,
    expected: "200, Hello, world!",
    check: podCall(outsider, target, { expect: greeting }),
  };
  return [
    readyPod("curltest", "1/1", "plain"),
    none("client curltest in namespace default", "deployments", "app=curltest"),
    open ? greeted : shutOut(`helloworld: level ${level} decides`, outsider),
    policyOfMesh,
    {
      name: `in namespace default there are the policies of level ${level} and weaker ones`,
      expected: modes[level].join(", ") || "none",
      check: {
        kind: "object",
        resource: "peerauthentications.security.istio.io",
        namespace: "default",
        expect: [
          { path: "items[*].spec.mtls.mode", sameItems: modes[level] },
          {
            path: 'items[*].spec.portLevelMtls["8080"].mode',
            sameItems: level === "port" ? ["DISABLE"] : [],
          },
        ],
      },
    },
  ];
}

const policyOfMesh: Expectation = {
  name: "the mesh's own policy demands mutual TLS",
  expected: "STRICT in istio-system",
  check: {
    kind: "object",
    resource: "peerauthentications.security.istio.io",
    name: "default",
    namespace: "istio-system",
    expect: [{ path: "spec.mtls.mode", equals: "STRICT" }],
  },
};
