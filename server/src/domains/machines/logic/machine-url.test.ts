import { machineUrlProblem, normaliseMachineUrl } from "#domains/machines/logic/machine-url.ts";

test.each(["http://127.0.0.1:8188", "https://gpu.studio.example/comfy", "http://[::1]:8188", "http://10.0.0.5:8188/"])("%s is fine", (url) => {
  expect(machineUrlProblem(url)).toBeNull();
});

test.each([
  "gpu:8188",
  "ftp://gpu",
  "http://user:pw@gpu",
  "http://gpu/?x=1",
  "http://169.254.169.254/latest",
  "http://[fe80::1]",
  "http://[::ffff:169.254.169.254]",
  "http://metadata.google.internal",
])("%s is refused", (url) => {

  expect(machineUrlProblem(url)).not.toBeNull();
});

test("trailing slashes do not make a second machine", () => {
  expect(normaliseMachineUrl("http://GPU:8188//")).toBe(normaliseMachineUrl("http://gpu:8188"));
});
