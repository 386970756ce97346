/** Two made-up reports of one made-up affair, to try the page with. */
import type { ReportInput } from "../api";

export const SAMPLE: ReportInput[] = [
  {
    title: "Relief ferries leave Trieste for Durrës",
    publisher: "Harbour Wire (sample)",
    published: "2025-05-14",
    text:
      "TRIESTE, May 14 (Harbour Wire) - Two ferries carrying some 600 relief workers left Trieste for Durrës on Tuesday, the Italian civil protection agency said.\n\n" +
      "From Durrës the workers will travel by road to three camps in northern Albania, agency spokeswoman Elena Marchetti told reporters. She did not name the camps.\n\n" +
      "Part of the group might later be sent to Skopje or eastern Kosovo, a European official said in Brussels.\n\n" +
      "Tirana denied that any ferry had arrived. \"No ship has entered our ports,\" a government spokesman said on Wednesday.",
  },
  {
    title: "Port counts 450 aboard aid ships",
    publisher: "Adriatic Courier (sample)",
    published: "2025-05-15",
    text:
      "ROME, May 15 (Adriatic Courier) - At least 450 relief workers sailed from Trieste to Durrës this week, the port authority of Trieste said on Thursday.\n\n" +
      "A second convoy of 40 trucks is to leave Ancona for Tirana on Saturday, according to the port authority.",
  },
];
