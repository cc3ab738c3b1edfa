package io.gatehouse.admin.console.team;

import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.SecretOnce;
import io.gatehouse.admin.operations.Tenants.NewAccessKey;

/** A new access key with its secret, the one time that it is told. */
public class NewAccessKeyDialog extends SecretOnce {

  public NewAccessKeyDialog(String title, NewAccessKey made) {
    super(
        title,
        "Copy the secret now: it is not shown again. Lost secrets are replaced by a new key.",
        new Facts()
            .add("Access key id", new Copyable(made.key().accessKeyId(), "access key id"))
            .add("Secret access key", new Copyable(made.secretAccessKey(), "secret access key")));
  }
}
