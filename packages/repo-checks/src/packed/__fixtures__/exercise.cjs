// What a consumer does with the packages, whichever way it got hold of them. Throws where something is not as promised.
const assert = require("node:assert/strict");

module.exports = async function exercise(modules) {
  const { core, vaultModule, smtp, bridge, nodemailer, sandbox, providers } = modules;
  const registry = core.createProviderRegistry({ smtp });
  const sender = { from_email: "news@example.test", from_name: "News" };

  const { form, secretFields } = await registry.describe("smtp");
  assert.deepEqual([...secretFields], ["password"]);
  assert.equal(form.properties.password.writeOnly, true);

  const wrong = {
    smtp_host: "relay.example.test",
    smtp_port: 465,
    smtp_secure: "starttls",
    username: "u",
    password: "p",
  };
  await assert.rejects(registry.openDynamic("smtp", { config: wrong, sender }), (error) => {
    assert.equal(core.isEmailError(error), true);
    assert.equal(error.code, "config-invalid");
    assert.match(error.issues[0].path, /smtp_/);
    return true;
  });

  const key = Buffer.alloc(32, 7).toString("base64");
  const vault = await vaultModule.createVault(vaultModule.parseMasterKeys(key));
  const place = { tenant: "t", provider: "p", field: "password" };
  const sealed = await vault.seal("s3cret", place);
  assert.doesNotMatch(sealed, /s3cret/);
  assert.equal(await vault.open(sealed, place), "s3cret");
  await assert.rejects(vault.open(sealed, { ...place, tenant: "other" }), { code: "ciphertext-invalid" });

  const relay = await sandbox.startSandboxRelay({ users: { someone: "s3cret" } });
  try {
    const open = (password) =>
      registry.open("smtp", {
        config: {
          smtp_host: relay.host,
          smtp_port: relay.port,
          smtp_secure: "starttls",
          username: "someone",
          password,
        },
        sender,
        context: { permitsAddress: () => true, certificateAuthorities: [relay.certificateAuthority] },
      });
    const provider = await open("s3cret");
    assert.equal((await provider.verify()).authenticated, true);
    const receipt = await provider.send({
      to: [{ address: "you@example.test" }],
      subject: "Hello",
      text: "Hi.",
    });
    const [message] = await relay.waitForMessages(1);
    assert.equal(message.parsed.messageId, receipt.messageId);
    assert.equal(message.parsed.from[0].address, sender.from_email);

    const transporter = nodemailer.createTransport(bridge.toNodemailerTransport(provider));
    const info = await transporter.sendMail({
      to: "Anna <anna@example.test>",
      text: "Hi.",
      html: "<p>Hi.</p>",
    });
    assert.deepEqual(info.accepted, ["anna@example.test"]);
    assert.equal(info.messageId, `<${info.receipt.messageId}>`);
    await assert.rejects(
      transporter.sendMail({ from: "other@example.test", to: "a@example.test", text: "Hi." }),
      {
        code: "message-invalid",
        certainty: "not_sent",
      },
    );
    await provider.close();

    const locked = await open("wrong");
    await assert.rejects(locked.verify(), { code: "authentication-failed", actor: "configuration" });
    await locked.close();
  } finally {
    await relay.close();
  }

  const memory = providers.createMemoryProvider();
  registry.register("memory", memory.definition);
  const kept = await registry.openDynamic("memory", { config: {}, sender });
  await kept.send({ to: [{ address: "you@example.test" }], subject: "Hello", text: "Hi." });
  assert.equal(memory.sent.length, 1);
  await kept.close();
};
