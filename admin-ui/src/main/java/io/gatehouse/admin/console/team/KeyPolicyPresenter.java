package io.gatehouse.admin.console.team;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.KeyPolicies;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Tenants;
import io.gatehouse.admin.operations.Tenants.AccessKeyView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** What an access key is limited to: the policy that it has, and a few to begin with. */
final class KeyPolicyPresenter {

  /** A policy to begin with. */
  record Preset(String name, String document) {}

  private static final int MOST = 500;

  private static final String READ_ONLY =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Sid": "ReadOnly",
            "Effect": "Allow",
            "Action": "apigateway:GET",
            "Resource": "*"
          }
        ]
      }""";

  /** Tags have an address of their own, which holds the ARN of what is tagged. */
  private static final String ONE_API =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Sid": "OneApi",
            "Effect": "Allow",
            "Action": "apigateway:*",
            "Resource": [
              "arn:aws:apigateway:*::/restapis/API",
              "arn:aws:apigateway:*::/restapis/API/*",
              "arn:aws:apigateway:*::/tags/arn%3Aaws%3Aapigateway%3A*%3A%3A%2Frestapis%2FAPI",
              "arn:aws:apigateway:*::/tags/arn%3Aaws%3Aapigateway%3A*%3A%3A%2Frestapis%2FAPI%2F*"
            ]
          }
        ]
      }""";

  private final Tenants tenants;
  private final RestApis apis;
  private final Supplier<Caller> caller;

  KeyPolicyPresenter(Tenants tenants, RestApis apis, Supplier<Caller> caller) {
    this.tenants = tenants;
    this.apis = apis;
    this.caller = caller;
  }

  /** The policy of the key, or the one that a key without any is as good as limited to. */
  static String document(AccessKeyView key) {
    return key.policy().orElse(KeyPolicies.FULL_ACCESS);
  }

  List<Preset> presets() {
    List<Preset> presets = new ArrayList<>();
    presets.add(new Preset("Full access", KeyPolicies.FULL_ACCESS));
    presets.add(new Preset("Read only", READ_ONLY));
    List<RestApi> all =
        apis.getRestApis(caller.get(), GetRestApisRequest.builder().limit(MOST).build()).items();
    for (RestApi api : all) {
      presets.add(
          new Preset(
              "One API: " + api.name() + " (" + api.id() + ")", ONE_API.replace("API", api.id())));
    }
    return presets;
  }

  /** Full access needs no policy: the key's role alone says what it may. */
  void save(AccessKeyView key, String document) {
    boolean full = document.strip().equals(KeyPolicies.FULL_ACCESS);
    tenants.limitAccessKey(caller.get(), key.accessKeyId(), full ? "" : document);
  }
}
