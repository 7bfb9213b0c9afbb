import { describe, expect, it } from "vitest";
import { images } from "../../components/versions.ts";
import { imagesOf } from "../../hack/registry-only/image-names.ts";
import { parts } from "../../hack/registry-only/parts.ts";
import { partNamed } from "../../hack/registry-only/recipe-hash.ts";
import {
  imagesByRole,
  missingImages,
  partsOfRoles,
  roleImages,
  roles,
  rolesInNode,
} from "../../hack/registry-only/role-images.ts";

describe("the image of a role", () => {
  it.each(roles)("%s: its part makes it, or it says why there is none", (role) => {
    const made = roleImages[role];
    const name = imagesByRole(parts)[role];
    if ("missing" in made) {
      expect(missingImages()).toHaveProperty(role, made.missing);
      expect(name).toBe(images[role]);
    } else {
      expect(imagesOf(partNamed(made.part, parts), parts)).toContain(name);
    }
  });

  it("is one of its own, for each role", () => {
    expect(new Set(Object.values(imagesByRole(parts))).size).toBe(roles.length);
  });

  it("is in the node from the start for what every lab needs", () => {
    expect(rolesInNode(parts)).toEqual([
      ...["httpbin", "client", "prometheus", "kiali", "metallbController", "metallbSpeaker"],
    ]);
  });

  it("asks for a part once that makes several, and for none where there is none", () => {
    expect(partsOfRoles(["reviews1", "reviews2", "grafana", "hello1"])).toEqual([
      "bookinfo-reviews-images",
      "hello-images",
    ]);
  });
});
