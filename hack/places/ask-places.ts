import { publishedChart } from "../toolchain/charts.ts";
import { fetchFault } from "../toolchain/fetch-fault.ts";
import { imageAddress, imagePlatforms } from "./image-platforms.ts";
import type { Pinned } from "./what-is-pinned.ts";

/** One pinned thing, and what its place said. */
export interface Answer {
  readonly what: string;
  /** Why it can't be had; absent where it can. */
  readonly fault?: string;
  /** What a reader should know all the same. */
  readonly note?: string;
}

type Question = { readonly what: string; readonly ask: () => Promise<string | undefined> };

/** Processors that the lab's images are wanted for. */
const wanted = ["linux/amd64", "linux/arm64"];

/**
 * Asks each place for what is pinned there, without downloading it: hosts side by side, and each one question after the
 * other.
 * @param said is told each answer as it comes
 */
export async function askPlaces(
  pinned: Pinned,
  said: (answer: Answer) => void,
): Promise<readonly Answer[]> {
  const byHost = Map.groupBy(questions(pinned), ([host]) => host);
  const answers = await Promise.all(
    [...byHost.values()].map(async (ofHost) => {
      const list: Answer[] = [];
      for (const [, question] of ofHost) {
        const answer = await answerTo(question);
        said(answer);
        list.push(answer);
      }
      return list;
    }),
  );
  return answers.flat();
}

function questions({ files, charts, images }: Pinned): (readonly [string, Question])[] {
  return [
    ...files.map((url) => [new URL(url).host, { what: url, ask: () => head(url) }] as const),
    ...charts.map(
      (chart) =>
        [
          new URL(chart.repository).host,
          {
            what: `chart ${chart.repository}/${chart.name} ${chart.version}`,
            ask: async () => head((await publishedChart(chart)).url),
          },
        ] as const,
    ),
    ...images.map(
      (image) => [imageAddress(image).host, { what: image, ask: () => lacking(image) }] as const,
    ),
  ];
}

async function answerTo({ what, ask }: Question): Promise<Answer> {
  try {
    const note = await ask();
    return note === undefined ? { what } : { what, note };
  } catch (error) {
    return { what, fault: fetchFault(error) };
  }
}

async function head(url: string): Promise<undefined> {
  const answer = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(15_000) });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
}

async function lacking(image: string): Promise<string | undefined> {
  const platforms = await imagePlatforms(image);
  const missing = wanted.filter((platform) => !platforms.includes(platform));
  if (missing.length === 0) return undefined;
  return platforms.length === 0 ? "for one platform only" : `not for ${missing.join(", ")}`;
}
