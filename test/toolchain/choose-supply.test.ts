import { describe, expect, it } from "vitest";
import { chooseSupply } from "../../hack/toolchain/choose-supply.ts";
import type { Surroundings } from "../../hack/toolchain/choose-supply.ts";
import { UserError } from "../../hack/toolchain/phase.ts";

const places = [
  { name: "dl.k8s.io", url: "https://one.test/" },
  { name: "docker.io", url: "https://two.test/" },
];

function around(changes: Partial<Surroundings>): Surroundings {
  return {
    forced: undefined,
    os: "linux",
    places,
    whyUnreachable: () => Promise.resolve(undefined),
    packageRegistryAnswers: () => Promise.resolve(true),
    ...changes,
  };
}

const dockerBlocked = (url: string): Promise<string | undefined> =>
  Promise.resolve(url === "https://two.test/" ? "ENOTFOUND" : undefined);

describe("forced", () => {
  it.each(["official", "registry-only"] as const)("%s asks nobody", async (forced) => {
    const nobody = (): Promise<never> => Promise.reject(new Error("asked"));
    const choice = await chooseSupply(
      around({ forced, whyUnreachable: nobody, packageRegistryAnswers: nobody }),
    );
    expect(choice).toEqual({ kind: forced, why: "LAB_SUPPLY says so" });
  });

  it("to something unknown is refused with what it can be", async () => {
    const attempt = chooseSupply(around({ forced: "offical" }));
    await expect(attempt).rejects.toThrow(UserError);
    await expect(attempt).rejects.toThrow(
      'LAB_SUPPLY is "offical": it can be "official", "registry-only", or not set',
    );
  });

  it("to nothing looks for itself", async () => {
    expect((await chooseSupply(around({ forced: "" }))).kind).toBe("official");
  });
});

it("takes the official places when all of them answer, registry or not", async () => {
  const registry = (): Promise<boolean> => Promise.resolve(false);
  expect(await chooseSupply(around({ packageRegistryAnswers: registry }))).toEqual({
    kind: "official",
    why: "all official places answer",
  });
});

it("takes package registries when no official place answers, and says which were asked", async () => {
  const blocked = (): Promise<string> => Promise.resolve("ENOTFOUND");
  expect(await chooseSupply(around({ whyUnreachable: blocked }))).toEqual({
    kind: "registry-only",
    why: "package registries answer, but not dl.k8s.io (ENOTFOUND), docker.io (ENOTFOUND)",
  });
});

it("begins no build of half an hour when some official places answer, and says what can be done", async () => {
  const attempt = chooseSupply(around({ whyUnreachable: dockerBlocked }));
  await expect(attempt).rejects.toThrow(UserError);
  await expect(attempt).rejects.toThrow(
    /not reachable: docker\.io \(ENOTFOUND\); the other official places answer\. .*imageRegistry.*LAB_MIRROR.*LAB_SUPPLY=registry-only/,
  );
});

it("with neither in reach says what was tried and what to do", async () => {
  const attempt = chooseSupply(
    around({
      whyUnreachable: () => Promise.resolve("no answer in 3 s"),
      packageRegistryAnswers: () => Promise.resolve(false),
    }),
  );
  await expect(attempt).rejects.toThrow(UserError);
  await expect(attempt).rejects.toThrow(
    "not reachable: dl.k8s.io (no answer in 3 s), docker.io (no answer in 3 s); " +
      "the npm registry does not answer either. Check the network and the proxy",
  );
});

it("does not build from packages on macOS", async () => {
  const blocked = (): Promise<string> => Promise.resolve("ENOTFOUND");
  const attempt = chooseSupply(around({ os: "darwin", whyUnreachable: blocked }));
  await expect(attempt).rejects.toThrow("building from them alone works on Linux only");
});

it("asks everybody at once", async () => {
  let waiting = 0;
  let most = 0;
  let release: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (release = resolve));
  const ask = async <T>(answer: T): Promise<T> => {
    waiting += 1;
    most = Math.max(most, waiting);
    if (waiting === places.length + 1) release();
    await all;
    return answer;
  };
  await chooseSupply(
    around({
      whyUnreachable: () => ask(undefined),
      packageRegistryAnswers: () => ask(true),
    }),
  );
  expect(most).toBe(3);
});
