package io.gatehouse.admin.console.iam;

import io.gatehouse.admin.console.parts.Links;
import java.util.stream.Stream;

/** Addresses of the screens about who may call. */
final class IamPaths {

  static final String ROOT = "iam";

  private IamPaths() {}

  static String[] list(Holder.Kind kind) {
    return new String[] {ROOT, kind.path()};
  }

  static String[] of(Holder holder) {
    return new String[] {ROOT, holder.kind().path(), holder.name()};
  }

  static String[] policies() {
    return new String[] {ROOT, "policies"};
  }

  /** ARNs have slashes in them, each of which begins a segment. */
  static String[] policy(String arn) {
    return Stream.concat(Stream.of(ROOT, "policy"), Stream.of(arn.split("/")))
        .toArray(String[]::new);
  }

  static String version(String arn, String version) {
    return Links.ROOT + Links.path(policy(arn)) + "?version=" + version;
  }
}
