/** The server, as far as the pages need it. Every address is of the page's own origin. */
import type { FeatureCollection } from "geojson";
import { toStory, type StoryDocument } from "./model/document";
import { geojsonPath } from "./model/snippets";
import type { Problem } from "./state/state";

/** An error the server answered with, in its own words. */
export class Refused extends Error {
  constructor(
    readonly problem: Problem,
    readonly status = 0,
  ) {
    super(problem.detail);
  }
}

interface ProblemBody {
  title?: unknown;
  detail?: unknown;
  errors?: unknown;
}

/** What an answer that is no success says, whatever form it has. */
export function problemOf(status: number, body: unknown): Problem {
  const b = (typeof body === "object" && body !== null ? body : {}) as ProblemBody;
  const fields = (Array.isArray(b.errors) ? b.errors : []).flatMap((e: unknown) => {
    const { pointer, parameter, detail } = e as { pointer?: unknown; parameter?: unknown; detail?: unknown };
    return typeof detail === "string" ? [`${String(pointer ?? parameter ?? "")}: ${detail}`.replace(/^: /, "")] : [];
  });
  return {
    title: typeof b.title === "string" ? b.title : status === 404 ? "Not found" : `The server answered ${status}`,
    detail: typeof b.detail === "string" ? b.detail : "",
    fields,
  };
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Refused({ title: "The server does not answer", detail: "Check that it is running, then try again." });
  }
  if (!response.ok) throw new Refused(problemOf(response.status, await response.json().catch(() => null)), response.status);
  return response;
}

export interface StoryEntry {
  id: string;
  title: string;
  reports: number;
  movements: number;
}

export async function listStories(): Promise<StoryEntry[]> {
  const body = (await (await ask("/api/v1/stories?limit=20")).json()) as { stories?: StoryEntry[] };
  return body.stories ?? [];
}

export async function readStory(id: string): Promise<StoryDocument> {
  const response = await ask(`/api/v1/stories/${encodeURIComponent(id)}`, { headers: { Accept: "application/json" } });
  return toStory(await response.json());
}

export async function readLayers(id: string): Promise<FeatureCollection> {
  return (await (await ask(geojsonPath(id))).json()) as FeatureCollection;
}

export interface ReportInput {
  text: string;
  title?: string;
  publisher?: string;
  published?: string;
  url?: string;
}

/** Sends reports to be read and gives the new story's id with its document. */
/** @param token asked for by servers that others can reach; kept nowhere */
export async function postReports(reports: ReportInput[], token = ""): Promise<{ id: string; doc: StoryDocument }> {
  const response = await ask("/api/v1/stories", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ reports }),
  });
  const doc = toStory(await response.json());
  const place = response.headers.get("Location")?.split("/").filter(Boolean).at(-1);
  const id = place ? decodeURIComponent(place) : doc.id;
  if (!id) throw new Refused({ title: "The story has no address", detail: "The server read the reports but did not say where the story is." });
  return { id, doc };
}

/** A story in a page's path: `/stories/{id}` or `/embed/{id}`. */
export function storyInPath(path: string): string | null {
  const found = /^\/(?:stories|embed)\/([^/]+)\/?$/.exec(path);
  try {
    return found?.[1] ? decodeURIComponent(found[1]) : null;
  } catch {
    return null;
  }
}
