package io.gatehouse.admin.operations;

import static io.gatehouse.admin.operations.StageRules.given;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ClientCertificateStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredClientCertificate;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.ClientCertificate;
import software.amazon.awssdk.services.apigateway.model.DeleteClientCertificateRequest;
import software.amazon.awssdk.services.apigateway.model.GenerateClientCertificateRequest;
import software.amazon.awssdk.services.apigateway.model.GetClientCertificateRequest;
import software.amazon.awssdk.services.apigateway.model.GetClientCertificatesRequest;
import software.amazon.awssdk.services.apigateway.model.GetClientCertificatesResponse;
import software.amazon.awssdk.services.apigateway.model.UpdateClientCertificateRequest;

/**
 * Certificates by which backends know that a stage calls. Imitates the ClientCertificate pages of
 * the API reference.
 */
@ApplicationScoped
public class ClientCertificates implements Operations {

  private static final int MOST = 20;

  private static final PatchRules<ClientCertificate> PATCHES =
      PatchRules.of(ClientCertificate::builder)
          .allow(REPLACE, "/description")
          .reading(ClientCertificates::description)
          .refusing(Refusal.LISTING_PATHS);

  private ClientCertificateStore certificates;
  private Ids ids;
  private SecureRandom random;
  private InstantSource clock;

  protected ClientCertificates() {}

  @Inject
  public ClientCertificates(
      ClientCertificateStore certificates, Ids ids, SecureRandom random, InstantSource clock) {
    this.certificates = certificates;
    this.ids = ids;
    this.random = random;
    this.clock = clock;
  }

  @Operation(value = "POST /clientcertificates", status = 201)
  public ClientCertificate generateClientCertificate(
      Caller caller, GenerateClientCertificateRequest in) {
    TagRules.check(in.tags());
    String description = description(given(in.description()));
    if (certificates.count(caller) >= MOST) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "Maximum number of client certificates for this account has been reached: " + MOST);
    }
    String id = ids.small();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    SelfSigned made = SelfSigned.create(id, now, random);
    ClientCertificate certificate =
        ClientCertificate.builder()
            .clientCertificateId(id)
            .description(description)
            .pemEncodedCertificate(made.certificate())
            .createdDate(now)
            .expirationDate(made.expires())
            .tags(in.tags().isEmpty() ? null : in.tags())
            .build();
    certificates.create(caller, certificate, made.privateKey());
    return certificate;
  }

  @Operation("GET /clientcertificates/{clientcertificate_id}")
  public ClientCertificate getClientCertificate(Caller caller, GetClientCertificateRequest in) {
    return withTags(certificates.get(caller, in.clientCertificateId()).body());
  }

  @Operation("GET /clientcertificates")
  public GetClientCertificatesResponse getClientCertificates(
      Caller caller, GetClientCertificatesRequest in) {
    Page<ClientCertificate> page =
        certificates.list(caller, new Page.Ask(in.position(), in.limit()));
    return GetClientCertificatesResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("PATCH /clientcertificates/{clientcertificate_id}")
  public ClientCertificate updateClientCertificate(
      Caller caller, UpdateClientCertificateRequest in) {
    StoredClientCertificate certificate = certificates.lock(caller, in.clientCertificateId());
    certificates.replace(certificate, PATCHES.apply(certificate.body(), in.patchOperations()));
    return withTags(certificate.body());
  }

  @Operation(value = "DELETE /clientcertificates/{clientcertificate_id}", status = 202)
  public void deleteClientCertificate(Caller caller, DeleteClientCertificateRequest in) {
    StoredClientCertificate certificate = certificates.lock(caller, in.clientCertificateId());
    List<StoredStage> users = certificates.users(certificate);
    if (!users.isEmpty()) {
      throw ApiError.badRequest(
          "Cannot delete client certificate '%s', is used by stages %s in format of [RestApiId:Stage]"
              .formatted(
                  certificate.certificateId(),
                  users.stream().map(s -> s.apiId() + ":" + s.stageName()).toList()));
    }
    certificates.delete(certificate);
  }

  private static String description(String text) {
    return AccountRules.text("description", text);
  }

  /** A single answer has tags, be there none, as with the vendor's other tagged things. */
  private static ClientCertificate withTags(ClientCertificate certificate) {
    return certificate.hasTags() ? certificate : certificate.toBuilder().tags(Map.of()).build();
  }
}
