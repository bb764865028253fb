import { defaultPrompt } from "#domains/works/logic/default-prompt.ts";
import { promptParameters } from "#domains/works/logic/prompt-parameters.ts";
import { checkTemplate, templateVariables } from "#domains/works/logic/template.ts";

test("the usual prompt holds before its own checks, and uses every variable", () => {
  const { problems, used } = checkTemplate(defaultPrompt.template, templateVariables);
  expect(problems).toEqual([]);
  expect(new Set(used)).toEqual(new Set(templateVariables));
  expect(promptParameters.safeParse(defaultPrompt.parameters).success).toBe(true);
});
