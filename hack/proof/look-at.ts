import type { Expectation } from "../../components/scenarios/expectation.ts";
import type { LiveLab } from "./callers.ts";
import { lookAtCertificate } from "./checks/certificate.ts";
import { lookAtDelivery } from "./checks/delivery.ts";
import { lookAtDns } from "./checks/dns.ts";
import { lookAtEnvoyStat } from "./checks/envoy-stat.ts";
import { lookAtExec } from "./checks/exec.ts";
import { lookAtHttp } from "./checks/http.ts";
import { lookAtHttp2 } from "./checks/http2.ts";
import { lookAtIstioctl } from "./checks/istioctl.ts";
import { lookAtLoad } from "./checks/load.ts";
import { lookAtLog } from "./checks/log.ts";
import { lookAtMetric } from "./checks/metric.ts";
import { lookAtObject } from "./checks/object.ts";
import { lookAtStage } from "./checks/stage.ts";
import type { Look } from "./poll.ts";

function lookOnce(lab: LiveLab, { check }: Expectation, since: Date): Promise<Look> {
  switch (check.kind) {
    case "http":
      return lookAtHttp(lab, check);
    case "http2":
      return lookAtHttp2(check, lab.outputs.caCertPem);
    case "certificate":
      return lookAtCertificate(lab, check);
    case "object":
      return lookAtObject(lab, check);
    case "dns":
      return lookAtDns(lab, check);
    case "metric":
      return lookAtMetric(lab, check);
    case "log":
      return lookAtLog(lab, check, since);
    case "envoy-stat":
      return lookAtEnvoyStat(lab, check);
    case "istioctl":
      return lookAtIstioctl(lab, check);
    case "delivery":
      return lookAtDelivery(lab, check);
    case "exec":
      return lookAtExec(lab, check);
    case "load":
      return lookAtLoad(lab, check);
    case "stage":
      return lookAtStage(lab, check);
  }
}

/**
 * Looks once at what a row expects.
 * @param since log lines count from there
 * @throws Error when it can't be looked at: no such pod, no answer from the cluster
 */
export async function lookAt(lab: LiveLab, row: Expectation, since: Date): Promise<Look> {
  let passed = false;
  try {
    const look = await lookOnce(lab, row, since);
    passed = look.passed;
    return look;
  } finally {
    // The pod that called may be gone by now.
    if (!passed) lab.cluster.forget();
  }
}
