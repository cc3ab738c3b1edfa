package io.gatehouse.admin.console.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.RestApis;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** Policy documents: as they are read, and some to begin with. */
final class Documents {

  /** A document to begin with. */
  record Template(String name, String document) {}

  private static final int MOST_APIS = 500;

  private static final String ALLOW =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Action": "%s",
            "Resource": "%s"
          }
        ]
      }""";

  private static final String TRUST =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": {"%s": "%s"},
            "Action": "sts:AssumeRole"
          }
        ]
      }""";

  private Documents() {}

  /** Operations answer documents percent-encoded, with spaces as %20. */
  static String decoded(String document) {
    return document == null ? "" : URLDecoder.decode(document, StandardCharsets.UTF_8);
  }

  /** What users, groups and roles may do; the first is what a new policy begins with. */
  static List<Template> permissions(Caller caller, RestApis apis) {
    String arn = "arn:aws:execute-api:%s:%s:".formatted(caller.region(), caller.account());
    List<Template> all = new ArrayList<>();
    all.add(invoke("Call one method of an API", arn + "API/STAGE/GET/path"));
    for (RestApi api :
        apis.getRestApis(caller, GetRestApisRequest.builder().limit(MOST_APIS).build()).items()) {
      all.add(invoke("Call API " + api.name() + " (" + api.id() + ")", arn + api.id() + "/*/*/*"));
    }
    all.add(invoke("Call every API", arn + "*"));
    all.add(new Template("Read the management API", ALLOW.formatted("apigateway:GET", "*")));
    all.add(new Template("Everything", ALLOW.formatted("*", "*")));
    return all;
  }

  private static Template invoke(String name, String arn) {
    return new Template(name, ALLOW.formatted("execute-api:Invoke", arn));
  }

  /** Who may assume a role; the first is what a new role begins with. */
  static List<Template> trust(Caller caller) {
    String account = "arn:aws:iam::" + caller.account();
    return List.of(
        trusting(
            "Users and roles of this tenant whose policies allow it", "AWS", account + ":root"),
        trusting("One user of this tenant", "AWS", account + ":user/NAME"),
        trusting("Users and roles of another tenant", "AWS", "arn:aws:iam::ACCOUNT:root"),
        trusting("API Gateway", "Service", "apigateway.amazonaws.com"),
        trusting("Functions", "Service", "lambda.amazonaws.com"));
  }

  private static Template trusting(String name, String kind, String who) {
    return new Template(name, TRUST.formatted(kind, who));
  }
}
