import type { ParameterType, ParameterWidget } from "#domains/workflows/logic/parameter.ts";

/** What shows a value of this type when nobody said more. */
export function defaultWidget(type: ParameterType): ParameterWidget {
  switch (type) {
    case "SEED":
      return "seed";
    case "IMAGE":
      return "image";
    case "VIDEO":
      return "video";
    case "AUDIO":
      return "audio";
    case "SELECT":
      return "select";
    case "BOOLEAN":
      return "checkbox";
    case "INT":
    case "FLOAT":
      return "number";
    case "TEXT":
      return "text";
  }
}
