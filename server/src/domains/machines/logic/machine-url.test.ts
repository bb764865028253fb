import { addressProblem, machineUrlProblem, normaliseMachineUrl } from "#domains/machines/logic/machine-url.ts";

test.each([
  "http://127.0.0.1:8188",
  "https://gpu.studio.example/comfy",
  "http://[::1]:8188",
  "http://10.0.0.5:8188/",
  "http://[fd12::5]:8188",
  "http://[::ffff:10.0.0.5]:8188",
])("%s is fine", (url) => {
  expect(machineUrlProblem(url)).toBeNull();
});

test.each([
  "gpu:8188",
  "ftp://gpu",
  "file:///etc/passwd",
  "http://user:pw@gpu",
  "http://gpu/?x=1",
  "http://gpu/#x",
  "http://169.254.169.254/latest",
  "http://169.254.169.254./latest",
  "http://2852039166/",
  "http://0xa9fea9fe/",
  "http://0251.0376.0251.0376/",
  "http://0.0.0.0:8188",
  "http://100.100.100.200",
  "http://[::]:8188",
  "http://[fe80::1]",
  "http://[fe80::1%25eth0]",
  "http://[::ffff:169.254.169.254]",
  "http://[::169.254.169.254]",
  "http://[64:ff9b::a9fe:a9fe]",
  "http://[2002:a9fe:a9fe::1]",
  "http://[fd00:ec2::254]",
  "http://metadata.google.internal",
  "http://METADATA.google.internal./",
])("%s is refused", (url) => {
  expect(machineUrlProblem(url)).not.toBeNull();
});

test.each(["169.254.1.1", "fe80::1", "::ffff:169.254.169.254"])("a name that resolves to %s is refused", (address) => {
  expect(addressProblem(address)).not.toBeNull();
});
test.each(["127.0.0.1", "::1", "192.168.1.20", "2001:db8::1"])("a name that resolves to %s is fine", (address) => {
  expect(addressProblem(address)).toBeNull();
});

test("trailing slashes do not make a second machine", () => {
  expect(normaliseMachineUrl("http://GPU:8188//")).toBe(normaliseMachineUrl("http://gpu:8188"));
});
