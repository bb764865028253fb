import { simulatedReply } from "#app/start/simulated-reply.ts";
import { defaultPrompt } from "#domains/works/logic/default-prompt.ts";
import { renderTemplate, templateVariables } from "#domains/works/logic/template.ts";

test("of a chapter in the usual prompt the simulator says the chapter, marked, and nothing else", async () => {
  const values = new Map<string, string>(templateVariables.map((name) => [name, name]));
  values.set("chapter.number", "3").set("chapter.text", "It rains.\n\nIt stops.");
  const content = renderTemplate(defaultPrompt.template, values);
  const request = { model: "m", stream: true, messages: [{ role: "user", content }] };
  expect(await simulatedReply(request)).toBe("[simulated] It rains.\n\n[simulated] It stops.");
});
