/** What is measured, by id: the id names it in the JSON file, the title in the table. */
export const measures = {
  byHand: "by hand: first command until both hosts answer",
  byHandCluster: "  kind create cluster",
  byHandCertificates: "  openssl: a root CA and two leaves",
  byHandIstio: "  istioctl install",
  byHandObjects: "  kubectl: label, Secrets, objects",
  byHandAnswering: "  wait until both hosts answer",
  byHandDelete: "by hand: kind delete cluster",
  coldUp: "cold pulumi up, until proven",
  coldUpAnswering: "  until both hosts answer",
  noOpUp: "pulumi up with nothing to do",
  preview: "pulumi preview",
  switch: "pulumi up after a switch of the step, all moves",
  switchIngressToObserve: "  ingress to observe",
  switchObserveToIngress: "  observe to ingress",
  switchIngressToApp: "  ingress to app",
  switchAppToIngress: "  app to ingress",
  destroy: "pulumi destroy",
} as const;

export type MeasureId = keyof typeof measures;

/** The moves between steps that are timed, in this order; the first starts where the cold `up` ended. */
export const moves = [
  { to: "observe", id: "switchIngressToObserve" },
  { to: "ingress", id: "switchObserveToIngress" },
  { to: "app", id: "switchIngressToApp" },
  { to: "ingress", id: "switchAppToIngress" },
] as const satisfies readonly { readonly to: string; readonly id: MeasureId }[];

/** One run of one thing. */
export interface Sample {
  /** Wall clock. */
  readonly seconds: number;
  /** Where they went, one line each; empty where nobody looked. */
  readonly goesTo: readonly string[];
}

/** Takes a sample as soon as it is there. */
export type Recorder = (id: MeasureId, sample: Sample) => void;

/** Every sample taken so far, in the order of the runs. */
export type Samples = Readonly<Partial<{ [Id in MeasureId]: readonly Sample[] }>>;

/** Collects samples. */
export function collector(): { readonly record: Recorder; readonly samples: Samples } {
  const samples: Partial<{ [Id in MeasureId]: Sample[] }> = {};
  return {
    samples,
    record(id, sample) {
      (samples[id] ??= []).push(sample);
    },
  };
}
