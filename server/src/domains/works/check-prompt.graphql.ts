import { namesFor } from "#domains/works/logic/prompt-parameters.ts";
import { checkTemplate, type TemplateProblem } from "#domains/works/logic/template.ts";
import { type PromptWarning, warningsOf } from "#domains/works/prompt-check.service.ts";
import { builder } from "#graphql/builder.ts";
import { ValidationError } from "#lib/domain-error.ts";

const TemplateProblemCode = builder.enumType("TemplateProblemCode", {
  description: "What is wrong with a template.",
  values: {
    UNKNOWN_VARIABLE: { description: "It names something that there is not." },
    EMPTY_BRACES: { description: "Braces without a name." },
    FORMAT_PART: { description: "A format or conversion part, as in {name:>10} or {name!r}." },
    BRACE_NOT_CLOSED: { description: "A { without its }." },
    BRACE_NOT_OPENED: { description: "A } without its {." },
  },
});

const TemplateProblemType = builder.objectRef<TemplateProblem>("TemplateProblem").implement({
  description: "Why a template can't be used, and where.",
  fields: (t) => ({
    code: t.expose("code", { type: TemplateProblemCode, description: "What is wrong." }),
    message: t.exposeString("message", { description: "What is wrong and what would be right." }),
    offset: t.exposeInt("offset", { description: "Where, in UTF-16 code units from the start." }),
    line: t.exposeInt("line", { description: "In which line, from 1." }),
    column: t.exposeInt("column", { description: "Where in the line, from 1." }),
  }),
});

const PromptWarningCode = builder.enumType("PromptWarningCode", {
  description: "What people should know of a prompt.",
  values: {
    TEXT_UNUSED: { description: "The template does not name the chapter's text." },
    MODEL_UNKNOWN: { description: "Neither the language model server nor the configuration names the model." },
  },
});

export const PromptWarningType = builder.objectRef<PromptWarning>("PromptWarning").implement({
  description: "What people should know of a prompt, though it can be used.",
  fields: (t) => ({
    code: t.expose("code", { type: PromptWarningCode, description: "What it is." }),
    message: t.exposeString("message", { description: "For people." }),
  }),
});

interface PromptCheck {
  problems: TemplateProblem[];
  warnings: PromptWarning[];
  used: string[];
  known: string[];
}

const PromptCheckType = builder.objectRef<PromptCheck>("PromptCheck").implement({
  description: "What there is to say of a prompt that is being written.",
  fields: (t) => ({
    problems: t.field({
      type: [TemplateProblemType],
      description: "What stands against it, in the order of the text.",
      resolve: ({ problems }) => problems,
    }),
    warnings: t.field({
      type: [PromptWarningType],
      description: "What should be known.",
      resolve: ({ warnings }) => warnings,
    }),
    used: t.exposeStringList("used", { description: "Variables that it names, in the order in which they appear." }),
    known: t.exposeStringList("known", { description: "Variables that it may name." }),
  }),
});

const maxTemplate = 50_000;

builder.queryField("checkPrompt", (t) =>
  t.field({
    type: PromptCheckType,
    description: "Reads a prompt that is being written, without storing it.",
    complexity: 10,
    args: {
      template: t.arg.string({ required: true, description: "The template; up to 50,000 characters." }),
      parameterNames: t.arg.stringList({ description: "Names of the version's parameters: variables, too." }),
      model: t.arg.string({ description: "The model, to hear whether it is known." }),
    },
    resolve: async (_root, { template, parameterNames, model }, { deps }) => {
      if (template.length > maxTemplate) throw ValidationError.at(["template"], `at most ${maxTemplate} characters`);
      const known = namesFor((parameterNames ?? []).slice(0, 200));
      const { problems, used } = checkTemplate(template, known);
      return { problems, used, known, warnings: await warningsOf(deps, model || null, used) };
    },
  }),
);
