import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostsAnswer, stackBeside } from "./support/answers.ts";
import { freshCheckout, type Checkout } from "./support/checkout.ts";
import { removeContainer } from "./support/engine.ts";
import { snapshot } from "./support/snapshot.ts";

const cluster = "istio-edits";
const httpsPort = 18781;
const gateway = "kubectl -n istio-system get service,deployment -l app=istio-ingressgateway";

let lab: Checkout;
let before: readonly unknown[];

beforeAll(async () => {
  await removeContainer(`${cluster}-control-plane`);
  lab = await freshCheckout({ dev: stackBeside(cluster, httpsPort - 1, { step: "ingress" }) });
  await done("npm run up");
  before = await whole();
});

afterAll(async () => {
  await lab.run("npm", ["run", "down"]);
  await removeContainer(`${cluster}-control-plane`);
  await lab.remove();
});

/** Runs a command that must end well. */
async function done(command: string): Promise<string> {
  const { exitCode, output } = await lab.inLab(command);
  expect(exitCode, output).toBe(0);
  return output;
}

/** All that a learner may change, asked of the cluster itself, without what says how often it was put back. */
async function whole(): Promise<readonly unknown[]> {
  const names = (kinds: string): Promise<string> =>
    done(`kubectl get ${kinds} -l app.kubernetes.io/managed-by=Helm -A -o name | sort`);
  const [objects, namespaces, released, policy, replicas] = await Promise.all([
    snapshot(lab),
    done("kubectl get namespace -L istio-injection --no-headers | awk '{print $1, $4}'"),
    names(
      "crd,deployment,service,configmap,clusterrole,validatingwebhookconfiguration,mutatingwebhookconfiguration",
    ),
    done(
      `${gateway} -o jsonpath='{.items[*].spec.externalTrafficPolicy}{.items[*].metadata.labels.mine}'`,
    ),
    done("kubectl -n istio-system get deployment -o jsonpath='{.items[*].status.readyReplicas}'"),
  ]);
  const text = JSON.stringify(objects).replaceAll(/,?"istio-lab\/(put-back|rolled)":"\d+"/g, "");
  return [
    JSON.parse(text.replaceAll("{,", "{")) as unknown,
    namespaces,
    released,
    policy,
    replicas,
  ];
}

/** What a learner did; each is undone by the next `up`. */
const edits: Readonly<Record<string, readonly string[]>> = {
  "the step's objects": [
    "kubectl scale statefulset httpbin --replicas 1",
    "kubectl set env deployment/sleep MINE=1",
    "kubectl rollout restart deployment sleep",
    "kubectl label statefulset httpbin mine=1",
    "kubectl annotate service httpbin mine=1",
    `kubectl patch gateways.networking.istio.io httpbin --type json --patch '[{"op":"replace","path":"/spec/servers/0/hosts/0","value":"mine.example.com"}]'`,
    "kubectl get virtualservice httpbin-0 -o yaml | sed s/httpbin-0.example/mine.example/ | kubectl replace --force -f -",
    "kubectl get serviceentry httpbin-0 -o yaml | sed s/httpbin-0.httpbin/mine.httpbin/ | kubectl apply -f -",
    "kubectl label virtualservice httpbin-1 istio-lab/stage-",
    "kubectl delete secret httpbin-0-credential -n istio-system",
    "kubectl label namespace default istio-injection-",
    "kubectl delete pod -l app=sleep",
    "kubectl delete namespace external --wait=false",
  ],
  "the objects of Helm releases": [
    "kubectl -n istio-system scale deployment istiod --replicas 0",
    "kubectl -n istio-system delete deployment istio-ingressgateway",
    `kubectl -n istio-system patch service istio-ingressgateway --patch '{"spec":{"externalTrafficPolicy":"Local"}}'`,
    "kubectl -n istio-system label service istio-ingressgateway mine=1",
    "kubectl -n istio-system annotate configmap istio mine=1",
    "kubectl delete validatingwebhookconfiguration istiod-default-validator",
    "kubectl delete crd telemetries.telemetry.istio.io",
  ],
};

describe("a lab whose objects were changed by hand", () => {
  it.each(Object.entries(edits))(
    "shows in a preview that it puts back %s, and does",
    async (_, commands) => {
      for (const command of commands) await done(command);
      expect(await whole()).not.toEqual(before);
      const preview = await done("pulumi preview");
      expect(preview).toContain("changed by hand, would be put back: ");
      const up = await done("pulumi up --yes --skip-preview");
      expect(up).toMatch(/\d+ passed, 0 failed/);
      expect(await whole()).toEqual(before);
      expect(await hostsAnswer(lab, httpsPort)).toHaveLength(2);
      await done("pulumi preview --expect-no-changes");
    },
  );

  it("moves on from where istiod was taken away, and puts it back before", async () => {
    await done("kubectl -n istio-system scale deployment istiod --replicas 0");
    const move = "pulumi config set step app && pulumi up --yes --skip-preview";
    expect(await done(move)).toMatch(/\d+ passed, 0 failed/);
    await done("pulumi preview --expect-no-changes");
  });
});
