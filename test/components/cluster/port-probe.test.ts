import { createServer, type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  listeningInodes,
  listeningProcess,
  tryBind,
} from "../../../components/cluster/port-probe.ts";

describe("port probe", () => {
  const server = createServer();
  afterEach(() => new Promise((done) => server.close(done)));

  it("sees a port taken, and by whom, and free again", async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    expect(await tryBind("127.0.0.1", port)).toBe("taken");
    if (process.platform === "linux") {
      expect(await listeningProcess(port)).toMatch(new RegExp(` \\(pid ${process.pid}\\)$`));
    }
    await new Promise((done) => server.close(done));
    expect(await tryBind("127.0.0.1", port)).toBe("free");
    expect(await listeningProcess(port)).toBe(undefined);
  });

  it("sees an address that is not this machine's", async () => {
    // TEST-NET-1 of RFC 5737: nobody's.
    expect(await tryBind("192.0.2.1", 18_999)).toBe("no-such-address");
  });

  it("takes an address without the interface it needs for none of this machine's", async () => {
    expect(await tryBind("fe80::1", 18_999)).toBe("no-such-address");
  });

  it("reads listening sockets only from the kernel's table", () => {
    const table = [
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
      "   0: 0100007F:01BB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 7001 1 0",
      "   1: 0100007F:01BB 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 7002 1 0",
      "   2: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 7003 1 0",
    ].join("\n");
    expect(listeningInodes(table, 443)).toEqual(["7001"]);
    expect(listeningInodes(table, 80)).toEqual([]);
  });
});
