package io.gatehouse.admin.awsface;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.BackendAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes what it is asked, with which secrets, and answers one of everything. */
final class NotedBackendAccess extends BackendAccess {

  final List<String> asked = new ArrayList<>();

  @Override
  public Settled getBackendAccess(Caller caller) {
    asked.add("get " + caller.account());
    return new Settled(
        List.of(
            new BackendRole("default", "AKID", false, true, Optional.of("x1"), Optional.of("{}"))),
        List.of(new Endpoint("sqs", "http://10.0.0.5", Optional.of("not allowed"))),
        List.of(new Authority("ab", "CN=one", Instant.EPOCH)));
  }

  @Override
  public BackendRole putBackendRole(Caller caller, String name, RoleKeys keys) {
    asked.add(
        String.join(
            " ",
            name,
            keys.accessKeyId(),
            keys.secretAccessKey().orElse("-"),
            keys.sessionToken().orElse("-"),
            Boolean.toString(keys.assume()),
            keys.externalId().orElse("-"),
            keys.policy().orElse("-")));
    return new BackendRole(
        name,
        keys.accessKeyId(),
        keys.sessionToken().isPresent(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void deleteBackendRole(Caller caller, String name) {
    asked.add("delete role " + name);
  }

  @Override
  public Endpoint putBackendEndpoint(Caller caller, String service, String url) {
    asked.add(service + " " + url);
    return new Endpoint(service, url, Optional.empty());
  }

  @Override
  public void deleteBackendEndpoint(Caller caller, String service) {
    asked.add("delete endpoint " + service);
  }

  @Override
  public List<Authority> addBackendAuthorities(Caller caller, String pem) {
    asked.add(pem);
    return List.of();
  }

  @Override
  public void deleteBackendAuthority(Caller caller, String sha256) {
    asked.add("delete authority " + sha256);
  }
}
