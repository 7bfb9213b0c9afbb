import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { officialPlaces, whyUnreachable } from "../../hack/toolchain/reach.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server that answers every request with this status, or never; gives its URL. */
async function serverThat(answers: number | "never", methods: string[] = []): Promise<string> {
  const server = createServer((request, response) => {
    methods.push(request.method ?? "");
    if (answers !== "never") response.writeHead(answers, { location: "http://127.0.0.1:9/" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it.each([200, 302, 401, 404])("takes status %i for an answer", async (status) => {
  const methods: string[] = [];
  expect(await whyUnreachable(await serverThat(status, methods), 3000)).toBeUndefined();
  expect(methods).toEqual(["HEAD"]);
});

it.each([403, 502])("takes status %i for a block", async (status) => {
  expect(await whyUnreachable(await serverThat(status), 3000)).toBe(`answered ${status}`);
});

it("gives up after the time-out", async () => {
  expect(await whyUnreachable(await serverThat("never"), 100)).toBe("no answer in time");
});

it("says that nobody listens", async () => {
  const url = await serverThat(200);
  stops.splice(0).forEach((stop) => {
    stop();
  });
  expect(await whyUnreachable(url, 3000)).toBe("ECONNREFUSED");
});

it("asks every official place over https", () => {
  expect(officialPlaces.map(({ url }) => new URL(url).protocol)).toEqual(
    Array<string>(officialPlaces.length).fill("https:"),
  );
});
