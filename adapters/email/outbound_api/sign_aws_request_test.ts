import assert from "node:assert/strict";
import { readAwsKeys, signAwsRequest } from "./sign_aws_request.ts";

Deno.test("signAwsRequest() gives the signature of Amazon's published example", () => {
  const keys = readAwsKeys("AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  assert.ok(keys !== null);

  const headers = signAwsRequest(
    {
      method: "GET",
      url: "https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers",
      headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" },
      body: "",
    },
    { keys, region: "us-east-1", service: "iam" },
    Date.UTC(2015, 7, 30, 12, 36),
  );

  assert.equal(headers["X-Amz-Date"], "20150830T123600Z");
  assert.match(
    headers.Authorization ?? "",
    /Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7$/,
  );
});

Deno.test("readAwsKeys() takes lasting and temporary keys and nothing else", () => {
  const lasting = {
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: "secret/key+1=",
    sessionToken: null,
  };

  assert.deepEqual(readAwsKeys("AKIDEXAMPLE:secret/key+1="), lasting);
  assert.deepEqual(readAwsKeys("AKIDEXAMPLE:secret/key+1=:token"), {
    ...lasting,
    sessionToken: "token",
  });
  for (const wrong of ["", "AKIDEXAMPLE", "AKIDEXAMPLE:", ":secretkey", "akid:secretkey"]) {
    assert.equal(readAwsKeys(wrong), null, wrong);
  }
});
