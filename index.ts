import "./components/plain-stack-traces.ts";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { MetalLb } from "./components/addons/metal-lb.ts";
import { beginUpdate } from "./components/by-hand/begin-update.ts";
import { LabObjects } from "./components/by-hand/lab-objects.ts";
import { knownReleases } from "./components/by-hand/release-objects.ts";
import { createCluster, inCluster } from "./components/cluster/create-cluster.ts";
import { createExternalWorld } from "./components/cluster/external-world.ts";
import { imagesOfMesh, NodeImages } from "./components/cluster/node-images.ts";
import { readLabSettings } from "./components/lab-settings.ts";
import { reachGateway } from "./components/mesh/gateway-address.ts";
import { nodePortsOf } from "./components/mesh/gateway-service-ports.ts";
import { IngressGateway } from "./components/mesh/ingress-gateway.ts";
import { IstioMesh } from "./components/mesh/istio-mesh.ts";
import { labOutputs, readme as readmeOf } from "./components/outputs.ts";
import { ProofRun } from "./components/proof-run.ts";
import { holdRegistrations } from "./components/registration-gate.ts";
import type { LabOutputs } from "./components/scenarios/scenario.ts";
import { findScenario } from "./components/scenarios/registry.ts";
import { stageStep } from "./components/scenarios/stage-step.ts";

// Config: checked, together with the supply and this machine.
const stackFolder = resolve(".lab", pulumi.getStack());
const lab = await readLabSettings(stackFolder);
const { config, supply } = lab;

// Nothing is registered before the whole program ran: only then is it known whether the step suits the cluster.
const registerAll = holdRegistrations();

// Cluster
const cluster = createCluster("cluster", { ...lab, stackFolder });
const objects = new LabObjects({ ...lab, ...lab.stage });
const releases = knownReleases(stackFolder, lab.notes.putBack, lab.look);
const clusterOpts = inCluster(cluster, objects);

// Images of the mesh, in the nodes before its pods start
const images = new NodeImages(
  "mesh-images",
  { supply, cluster, images: imagesOfMesh(supply, config) },
  clusterOpts,
);

// Addresses for LoadBalancer Services, beside the mesh: nothing waits for them but the gateway's own address.
if (config.cluster === "kind" && config.metallb) {
  new MetalLb("metallb", { cluster, supply, releases }, clusterOpts);
}

// Where pods of the lab play the outside world
const outside = createExternalWorld("external-world", { config, cluster }, clusterOpts);

// Mesh
const mesh = new IstioMesh("istio", { cluster, supply, images, releases }, clusterOpts);
const meshOpts = { ...clusterOpts, dependsOn: [mesh, ...outside] as pulumi.Resource[] };
const ingress = new IngressGateway(
  "ingress-gateway",
  {
    ...{ cluster, releases, istio: supply.istio },
    namespace: mesh.namespace,
    serviceType: config.gatewayServiceType,
    nodePorts: nodePortsOf(config),
  },
  meshOpts,
);
const gateway = reachGateway(config, cluster, { dependsOn: ingress });

// Scenario
const lesson = findScenario(config.scenario);
const staged = await stageStep(lesson, {
  ...lab,
  cluster,
  stackFolder,
  clusterOpts,
  dependsOn: meshOpts.dependsOn,
  istioNamespace: mesh.namespace,
});

// Outputs, and the proof that reads them
const outputs = labOutputs({ config, supply, cluster, gateway, scenario: lesson, ...staged });
if (config.verify) {
  const sources = ["manifests", "components/scenarios"];
  // A rebuilt cluster or one that was restarted, an object or a certificate that was made anew, or put back.
  const { restart } = lab;
  const { mended } = releases;
  const deployed = { config, cluster: cluster.ready, restart, ...objects.counts, mended };
  const dependsOn = [mesh, ingress, staged.stage];
  new ProofRun("proof", { outputs, sources, deployed }, { dependsOn });
}
const known: pulumi.Output<LabOutputs> = pulumi.output(outputs);
export default {
  ...outputs,
  tryIt: known.apply((lab) => lesson.tryIt(lab, lab.step)),
  readme: known.apply((lab) => readmeOf(lab, lesson)),
};

await beginUpdate({ ...lab, stackFolder, objects, releases, onStage: staged.objects });
registerAll();
