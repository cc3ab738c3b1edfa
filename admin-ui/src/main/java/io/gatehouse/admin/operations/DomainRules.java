package io.gatehouse.admin.operations;

import static io.gatehouse.admin.operations.StageRules.given;
import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE_REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;
import static io.gatehouse.model.patch.PatchRules.REPLACE_REMOVE;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.definition.ResourcePolicy;
import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.apigateway.model.CreateDomainNameRequest;
import software.amazon.awssdk.services.apigateway.model.DomainName;
import software.amazon.awssdk.services.apigateway.model.EndpointAccessMode;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.RoutingMode;
import software.amazon.awssdk.services.apigateway.model.SecurityPolicy;

/** What a custom domain name may be called, and what of it may change. */
final class DomainRules {

  static final PatchRules<DomainName> PATCHES =
      PatchRules.of(DomainName::builder)
          .allow(REPLACE, "/certificateName")
          .reading(text -> AccountRules.text("certificate name", text))
          .allow(REPLACE, "/certificateArn")
          .reading(DomainRules::certificate)
          .allow(REPLACE, "/regionalCertificateName")
          .reading(text -> AccountRules.text("certificate name", text))
          .allow(REPLACE, "/regionalCertificateArn")
          .reading(DomainRules::certificate)
          .allow(REPLACE, "/ownershipVerificationCertificateArn")
          .reading(DomainRules::certificate)
          .allow(REPLACE, "/securityPolicy")
          .allow(REPLACE, "/endpointAccessMode")
          .allow(REPLACE, "/endpointConfiguration/types/{type}")
          .by(DomainRules::endpointType)
          .allow(REPLACE, "/endpointConfiguration/ipAddressType")
          .allow(REPLACE, "/routingMode")
          .allow(REPLACE_REMOVE, "/policy")
          .allow(REPLACE_REMOVE, "/managementPolicy")
          .allow(ADD_REPLACE_REMOVE, "/mutualTlsAuthentication/{member}")
          .by(DomainRules::mutualTls)
          .refusing(Refusal.LISTING_PATHS);

  /** As host names are, in lower case; a wildcard stands for the first label. */
  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

  private static final int LONGEST_NAME = 253;

  private DomainRules() {}

  /**
   * @throws ApiError bad request, when the text is no host name, or one of the installation's own
   */
  static String name(String name) {
    if (given(name) == null) {
      throw ApiError.badRequest("No Domain Name specified");
    }
    // {apiId}.execute-api.{anything} is how every API is reached without a domain name.
    if (name.length() > LONGEST_NAME
        || !NAME.matcher(name).matches()
        || List.of(name.split("\\.")).contains("execute-api")) {
      throw ApiError.badRequest("Invalid domain name specified");
    }
    return name;
  }

  /** What no node could honour, and what a private key has no business in. */
  static void refuseUnbuilt(CreateDomainNameRequest in) {
    AccountRules.refuseIf(
        given(in.certificateBody()) != null
            || given(in.certificatePrivateKey()) != null
            || given(in.certificateChain()) != null,
        "Uploading the certificate of a domain name");
    AccountRules.refuseIf(
        in.mutualTlsAuthentication() != null
            && given(in.mutualTlsAuthentication().truststoreUri()) != null,
        "mutualTlsAuthentication of a domain name");
  }

  /**
   * The same name.
   *
   * @throws ApiError bad request, or not implemented, when its parts do not go together
   */
  static DomainName checked(DomainName domain) {
    AccountRules.refuseIf(
        domain.endpointAccessMode() == EndpointAccessMode.STRICT,
        "endpointAccessMode STRICT of a domain name");
    requireKnown(domain);
    boolean isPrivate = isPrivate(domain);
    if (!isPrivate && (domain.policy() != null || domain.managementPolicy() != null)) {
      throw ApiError.badRequest("Policies are supported only for private custom domain names");
    }
    certificate(domain.certificateArn());
    certificate(domain.regionalCertificateArn());
    certificate(domain.ownershipVerificationCertificateArn());
    // As sent: Terraform compares them with its own text and undoes no escapes here.
    Stream.of(domain.policy(), domain.managementPolicy())
        .filter(Objects::nonNull)
        .forEach(ResourcePolicy::check);
    return domain;
  }

  static boolean isPrivate(DomainName domain) {
    return domain.endpointConfiguration().types().contains(EndpointType.PRIVATE);
  }

  private static void requireKnown(DomainName domain) {
    if (domain.securityPolicy() == null
        || domain.securityPolicy() == SecurityPolicy.UNKNOWN_TO_SDK_VERSION) {
      throw ApiError.badRequest("Invalid securityPolicy specified");
    }
    if (domain.routingMode() == null
        || domain.routingMode() == RoutingMode.UNKNOWN_TO_SDK_VERSION) {
      throw ApiError.badRequest("Invalid routingMode specified");
    }
    if (domain.endpointAccessMode() == EndpointAccessMode.UNKNOWN_TO_SDK_VERSION) {
      throw ApiError.badRequest("Invalid endpointAccessMode specified");
    }
  }

  /** The text, which may be null or empty for none. */
  private static String certificate(String arn) {
    if (given(arn) != null
        && Arn.parse(arn).filter(a -> a.service().matches("acm|iam")).isEmpty()) {
      throw ApiError.badRequest("Invalid certificate ARN specified");
    }
    return arn;
  }

  /** Whether nodes answer to a name is decided once. */
  private static DomainName endpointType(DomainName domain, Change change) {
    EndpointType type = EndpointType.fromValue(change.value());
    if (type != EndpointType.EDGE
        && type != EndpointType.REGIONAL
        && type != EndpointType.PRIVATE) {
      throw ApiError.badRequest(
          "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
    }
    if ((type == EndpointType.PRIVATE) != isPrivate(domain)) {
      throw ApiError.badRequest("A domain name cannot change from or to endpoint type PRIVATE");
    }
    return domain.toBuilder()
        .endpointConfiguration(domain.endpointConfiguration().toBuilder().types(type).build())
        .build();
  }

  /** Nothing to take away is fine: tools send an empty truststore for none. */
  private static DomainName mutualTls(DomainName domain, Change change) {
    if (change.value().isEmpty()) {
      return domain;
    }
    throw ApiError.notImplemented("mutualTlsAuthentication of a domain name");
  }
}
