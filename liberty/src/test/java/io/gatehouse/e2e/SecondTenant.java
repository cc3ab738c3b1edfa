package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** A tenant that an operator made in the console, with the access key shown there once. */
record SecondTenant(String account, String accessKeyId, String secretAccessKey) {

  /**
   * @param operator a console to which an operator is signed in
   */
  static SecondTenant create(Console operator, String account, String name) {
    operator.open("ops/tenants");
    operator.press("Create tenant…");
    operator.fill("Name", name);
    operator.fill("Account", account);
    operator.press("Create tenant");
    String id = operator.copiedFromDialog("access key id");
    String secret = operator.copiedFromDialog("secret access key");
    operator.picture("tenant-key-once");
    operator.press("I have copied it");
    assertThat(operator.button("I have copied it")).isHidden();
    return new SecondTenant(account, id, secret);
  }
}
