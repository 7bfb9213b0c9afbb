import { describe, expect, it } from "vitest";
import { tourHtml } from "../../hack/tour/report/html.ts";
import { failedStep, passedStep, sampleTour } from "./sample-step.ts";

const page = tourHtml(sampleTour());

describe("the report", () => {
  it("needs nothing from anywhere", () => {
    expect(page).not.toMatch(/\s(src|srcset)=|<link|@import|url\(/);
    expect(page.match(/href="(?!#)/g)).toBeNull();
  });

  it("shows what came from the network as text", () => {
    expect(page).not.toContain("<script>alert");
    expect(page).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
    expect(page).toContain("update &lt;b&gt;");
  });

  it("leads from the index to every step, which is open where it failed", () => {
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links).toEqual([
      "1-bookinfo-shifting-split-50",
      "2-bookinfo-timeouts-delay-2s",
      "3-helloworld-ingress-no-route",
    ]);
    const open = [...page.matchAll(/<details\s+class="step [^>]*>/g)].map(([tag]) =>
      /\sopen/.test(tag),
    );
    expect(open).toEqual([false, true, false]);
    for (const id of links) expect(page).toContain(`id="${id ?? ""}"`);
  });

  it("says what was walked, and how fast", () => {
    expect(page).toContain("1 step proven, 1 failed, 1 skipped");
    expect(page.replaceAll(/\s+/g, " ")).toContain("6.1 s in the median");
    expect(page).toContain("it needs a load balancer, and this lab has none");
  });

  it("tells a tour that was cut short", () => {
    const cut = tourHtml({ ...sampleTour([passedStep]), planned: 3 });
    expect(cut.replaceAll(/\s+/g, " ")).toContain("2 more were planned and not walked.");
  });

  it("says why the proof of a step may pass before it is applied", () => {
    const same = { ...failedStep, sameEffectAs: "the same as vs-unqualified: nobody routes" };
    expect(tourHtml(sampleTour([same]))).toContain(
      "its proof may pass: the same as vs-unqualified: nobody routes",
    );
  });

  it("has a section for each visit of a step that a walk comes back to", () => {
    const walk = tourHtml({ ...sampleTour([passedStep, passedStep]), seed: 7 });
    expect(walk).toContain('id="2-bookinfo-shifting-split-50"');
    expect(walk).toContain("random walk of seed 7");
  });
});
