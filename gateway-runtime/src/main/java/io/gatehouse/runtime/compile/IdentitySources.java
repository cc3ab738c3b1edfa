package io.gatehouse.runtime.compile;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource.Kind;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * Headers and query parameters by which authorizers know callers, whether or not they can be asked.
 */
final class IdentitySources {

  private IdentitySources() {}

  /** Of the method's authorizer. */
  static List<IdentitySource> of(ApiDefinition definition, Method method) {
    Authorizer authorizer =
        method.authorizerId() == null ? null : definition.authorizers().get(method.authorizerId());
    return authorizer == null ? List.of() : of(authorizer);
  }

  /** Of all authorizers. */
  static List<IdentitySource> of(ApiDefinition definition) {
    return definition.authorizers().values().stream()
        .flatMap(authorizer -> of(authorizer).stream())
        .distinct()
        .toList();
  }

  private static List<IdentitySource> of(Authorizer authorizer) {
    if (authorizer.identitySource() == null) {
      return List.of();
    }
    List<IdentitySource> sources = new ArrayList<>();
    for (String source : authorizer.identitySource().split(",")) {
      String text = source.strip();
      for (Kind kind : List.of(Kind.HEADER, Kind.QUERY_STRING)) {
        if (text.startsWith(kind.prefix())) {
          sources.add(new IdentitySource(kind, text.substring(kind.prefix().length())));
        }
      }
    }
    return sources;
  }
}
