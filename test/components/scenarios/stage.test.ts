import { expect, it } from "vitest";
import { Stage } from "../../../components/scenarios/stage.ts";
import { drain, record, whole } from "../../support/mocks.ts";

it("Stage is a component without inputs", async () => {
  const registered = await record();
  new Stage("scenario");
  await drain();
  expect(whole(registered)).toEqual([
    { type: "istio-lab:scenarios:Stage", name: "scenario", inputs: {} },
  ]);
});
