package io.gatehouse.admin.guard;

import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All managed policies that are built in: ours, which are what the roles of the console mean, and
 * those of the vendor's that tools attach, as far as what they allow exists here. Imitates the "AWS
 * managed policy reference". Each document is a file beside this class.
 */
public final class ManagedPolicies {

  private static final String ANY = "/";
  private static final String SERVICE_ROLE = "/service-role/";

  private static final Map<String, ManagedPolicy> BY_ARN =
      byArn(
          read("GatehouseViewer", ANY, "Read everything in the account."),
          read("GatehouseDeveloper", ANY, "Read and change APIs, functions, keys and plans."),
          read("GatehouseOwner", ANY, "Everything in the account, people and keys included."),
          read("GatehouseOperator", ANY, "Everything in the account, and the platform itself."),
          read("AdministratorAccess", ANY, "Everything in the account."),
          read("PowerUserAccess", ANY, "Everything in the account but who may do what."),
          read("ReadOnlyAccess", ANY, "Read the services of the account."),
          read("IAMFullAccess", ANY, "Users, groups, roles, policies and access keys."),
          read("IAMReadOnlyAccess", ANY, "Read users, groups, roles and policies."),
          read("AmazonAPIGatewayAdministrator", ANY, "Create, change and delete APIs."),
          read("AmazonAPIGatewayInvokeFullAccess", ANY, "Invoke every API."),
          read(
              "AmazonAPIGatewayPushToCloudWatchLogs",
              SERVICE_ROLE,
              "Write the logs of API stages."),
          read("AWSLambda_FullAccess", ANY, "Create, change, invoke and delete functions."),
          read("AWSLambda_ReadOnlyAccess", ANY, "Read functions and their settings."),
          read("AWSLambdaBasicExecutionRole", SERVICE_ROLE, "Write the logs of functions."));

  private ManagedPolicies() {}

  public static Collection<ManagedPolicy> all() {
    return BY_ARN.values();
  }

  /** Empty when there is none of this ARN. */
  public static Optional<ManagedPolicy> find(String arn) {
    return Optional.ofNullable(BY_ARN.get(arn));
  }

  /** What a role of the console means. */
  public static ManagedPolicy of(Role role) {
    String name = role.name().charAt(0) + role.name().substring(1).toLowerCase(Locale.ROOT);
    return find("arn:aws:iam::aws:policy/Gatehouse" + name).orElseThrow();
  }

  /** Of somebody who has these roles and nothing else; without any, nothing is allowed. */
  public static Grants grants(Collection<Role> roles) {
    List<Policy> policies = roles.stream().sorted().map(role -> of(role).policy()).toList();
    return new Grants(policies, Optional.empty(), Optional.empty());
  }

  private static Map<String, ManagedPolicy> byArn(ManagedPolicy... policies) {
    Map<String, ManagedPolicy> all = new LinkedHashMap<>();
    for (ManagedPolicy policy : policies) {
      all.put(policy.arn(), policy);
    }
    return Collections.unmodifiableMap(all);
  }

  private static ManagedPolicy read(String name, String path, String description) {
    String file = "policies/" + name + ".json";
    try (InputStream in = ManagedPolicies.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the built-in policy " + file + " is missing");
      }
      String document = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      Policy policy = Policy.parse(document, Policy.Kind.IDENTITY);
      return new ManagedPolicy(name, path, description, document, policy);
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in policy " + file + " cannot be read", e);
    }
  }
}
