/** What works are given that have no prompt of their own. */
export const defaultPrompt = {
  name: "Translation",
  parameters: { temperature: 0.3 },
  metadata: { source: "default" },
  template: `You translate fiction from {work.language} into {target_language}. The work is called "{work.title}".
Translate all of the text below: nothing is left out, added, summed up or explained. Keep its paragraphs, its tense, its point of
view and the way its people talk. Write as a good novelist writes in {target_language}, not word by word.

Names and terms are translated like this:
{glossary}

What happened before:
{previous_summary}

Chapter {chapter.number}: {chapter.title}

{chapter.text}

Answer with the translation only.`,
} as const;
