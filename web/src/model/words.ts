/** What the page says of a movement, a place and a claim, in reader's words. */
import type { Class, Movement, Place, Quantity, When } from "./document";
import type { Story } from "./story";

export const CLASS_NAMES: Record<Class, string> = {
  confirmed: "Confirmed",
  reported: "Reported",
  planned: "Planned",
  possible: "Possible",
  denied: "Denied",
};

export const CLASS_MEANINGS: Record<Class, string> = {
  confirmed: "set by an editor, with a reason",
  reported: "a source says it happened or is happening",
  planned: "promised, ordered, scheduled or expected",
  possible: "may, might or could happen",
  denied: "someone rejects it and nobody asserts it",
};

const MODE_WORDS: Record<string, string> = {
  sea: "by sea",
  air: "by air",
  rail: "by rail",
  road: "by road",
  foot: "on foot",
};

const PRECISION_WORDS: Record<string, string> = {
  point: "an exact place",
  locality: "a town or city",
  region: "a region",
  country: "a whole country",
  vague: "a vague area with no fixed edge",
  unplaced: "no position given",
};

const STANCE_WORDS: Record<string, string> = { asserts: "says so", denies: "denies it", doubts: "doubts it" };

export const modeWords = (mode: string | undefined): string => MODE_WORDS[mode ?? ""] ?? "";
export const precisionWords = (precision: string): string => PRECISION_WORDS[precision] ?? precision;
export const stanceWords = (stance: string): string => STANCE_WORDS[stance] ?? stance;

/** "A, B and C", or with another last joint. */
export function joined(parts: string[], joint = "and"): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} ${joint} ${parts.at(-1)}`;
}

/** A place's name, with its count where it stands for several. */
export function placeName(story: Story, id: string): string {
  const place = story.places.get(id);
  if (!place) return id;
  const within = place.precision === "unplaced" && place.within ? story.places.get(place.within) : undefined;
  return within && !place.name.includes(within.name) ? `${place.name} (in ${within.name})` : place.name;
}

export interface End {
  text: string;
  inferred: boolean;
}

const COUNTRIES = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

/** A country's name from its code; what is no code stays as it is. */
export function countryName(code: string | null | undefined): string {
  return code && /^[A-Z]{2}$/.test(code) ? (COUNTRIES.of(code) ?? code) : (code ?? "");
}

/** One side of a movement: what the words give, else what only the context gives, else nothing. */
export function endWords(story: Story, stated: string[], inferred: string[] | undefined, alternatives: boolean): End | null {
  const joint = alternatives ? "or" : "and";
  if (stated.length > 0) return { text: joined(stated.map((id) => placeName(story, id)), joint), inferred: false };
  if (inferred && inferred.length > 0)
    return { text: joined(inferred.map((id) => placeName(story, id)), joint), inferred: true };
  return null;
}

export const originOf = (story: Story, m: Movement): End | null => endWords(story, m.origin, m.origin_inferred, false);
export const destinationOf = (story: Story, m: Movement): End | null =>
  endWords(story, m.destination, m.destination_inferred, m.alternatives ?? false);

/** "Wonsan to Vladivostok", "To Kursk or eastern Ukraine", "From Trieste"; the trigger's word where no end is known. */
export function routeWords(story: Story, m: Movement): string {
  const from = originOf(story, m);
  const to = destinationOf(story, m);
  const mark = (end: End): string => (end.inferred ? `${end.text} (inferred)` : end.text);
  const onto = m.toward ? "toward" : "to";
  if (from && to) return `${mark(from)} ${onto} ${mark(to)}`;
  if (to) return capital(`${onto} ${mark(to)}`);
  if (from) return `From ${mark(from)}`;
  return m.trigger?.text ? `“${m.trigger.text}”, no place given` : "No place given";
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase("en") + text.slice(1);
}

/** The step's badge, the same number as on the drawn map. */
export function badgeOf(story: Story, m: Movement): string {
  return String(story.badges.get(m.id) ?? "·");
}

export function quantityWords(q: Quantity | null | undefined): string {
  return q?.text ?? "";
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** "23 Oct 2024" for an ISO day; anything else is given back as it is. */
export function dayWords(iso: string | null | undefined): string {
  if (!iso) return "";
  const day = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!day) return iso;
  const time = Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]));
  return Number.isNaN(time) ? iso : DAY.format(time);
}

/** The day on which something was said, or the words for it where no day follows from them. */
export function saidWords(said: When | string | null | undefined): string {
  if (!said || typeof said === "string") return dayWords(said);
  const [from, to] = [dayWords(said.earliest), dayWords(said.latest)];
  const days = from && to && from !== to ? `${from} to ${to}` : from || to || said.text;
  return days + (said.inferred ? " (year inferred)" : "");
}

/** "1 Oct 2024 to 20 Oct 2024, approximate" after the report's own words. */
export function whenWords(when: When | null | undefined): string {
  if (!when) return "";
  const from = dayWords(when.earliest);
  const to = dayWords(when.latest);
  const days = from && to && from !== to ? `${from} to ${to}` : from || (to && `until ${to}`);
  const notes = [when.approx ? "approximate" : "", when.inferred ? "year inferred" : ""].filter(Boolean).join(", ");
  if (!days) return when.text;
  return `${when.text} (${days}${notes ? `, ${notes}` : ""})`;
}

/** One sentence for the live region, the hidden buttons and the badges. */
export function sentence(story: Story, m: Movement): string {
  const speaker = story.claimsOf.get(m.id)?.find((c) => c.speaker)?.speaker;
  const parts = [
    CLASS_NAMES[m.class].toLowerCase() + (m.contested ? ", denied by a party" : ""),
    `${m.who?.text ? `${m.who.text}: ` : ""}${routeWords(story, m)}${modeWords(m.mode) ? ` ${modeWords(m.mode)}` : ""}`,
    quantityWords(m.quantity),
    speaker ?? "",
  ].filter(Boolean);
  const badge = story.badges.get(m.id);
  const step = m.background ? "Background" : badge ? `Step ${badge}` : "Movement";
  return `${step}: ${parts.join(", ")}`;
}

/** One sentence for a place. */
export function placeSentence(story: Story, place: Place): string {
  return `Place: ${placeName(story, place.id)}, ${precisionWords(place.precision)}`;
}

/** The short description of the map: what of where, and that a machine read it. */
export function altText(story: Story): string {
  const steps = story.ordered.filter((m) => !m.background && m.class !== "denied");
  const said = steps.slice(0, 4).map((m) => `${routeWords(story, m)} (${CLASS_NAMES[m.class].toLowerCase()})`);
  const more = steps.length > 4 ? ` and ${steps.length - 4} more` : "";
  const body = said.length > 0 ? `${said.join("; ")}${more}` : "no movement was found";
  return `Map of reported movements in “${story.title}”: ${body}. Read by a machine.`;
}
