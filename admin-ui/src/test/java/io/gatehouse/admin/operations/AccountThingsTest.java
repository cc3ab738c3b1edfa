package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static io.gatehouse.admin.store.Kit.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.admin.store.StoredClientCertificate;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.apigateway.model.ClientCertificate;
import software.amazon.awssdk.services.apigateway.model.CreateVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteClientCertificateRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GenerateClientCertificateRequest;
import software.amazon.awssdk.services.apigateway.model.GetAccountRequest;
import software.amazon.awssdk.services.apigateway.model.GetClientCertificateRequest;
import software.amazon.awssdk.services.apigateway.model.GetClientCertificatesRequest;
import software.amazon.awssdk.services.apigateway.model.GetTagsRequest;
import software.amazon.awssdk.services.apigateway.model.GetVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.GetVpcLinksRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateAccountRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateClientCertificateRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.VpcLink;

/** Client certificates, VPC links and the account itself, on both databases. */
class AccountThingsTest {

  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(Database.Kind.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(Database.Kind.POSTGRESQL);
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Cases {

    private static final String BALANCER =
        "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/nlb/1";

    private final Database.Kind kind;
    private House house;

    Cases(Database.Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void open() {
      house = new House(Database.open(kind));
    }

    @AfterAll
    void close() throws Exception {
      house.close();
    }

    @Test
    void aCertificateIsSelfSignedForAYearAndItsKeyFitsAndIsSealed() throws Exception {
      ClientCertificate made = generate(ALICE);

      assertEquals(NOON, made.createdDate());
      assertEquals(NOON.plus(Duration.ofDays(365)), made.expirationDate());
      assertFalse(Wire.write(made).containsKey("tags"));
      X509Certificate certificate = x509(made.pemEncodedCertificate());
      certificate.verify(certificate.getPublicKey());
      certificate.checkValidity(Date.from(NOON.plusSeconds(1)));
      assertEquals(2048, ((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength());
      assertEquals("SHA256withRSA", certificate.getSigAlgName());
      assertEquals(List.of("1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());

      String key = privateKey(made);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(key))));
      signature.update(new byte[] {1, 2, 3});
      byte[] signed = signature.sign();
      signature.initVerify(certificate);
      signature.update(new byte[] {1, 2, 3});
      assertTrue(signature.verify(signed), "the key is not that of the certificate");
      assertNowhereInTheDatabase(der(key));
    }

    @Test
    void twoCertificatesShareNeitherSerialNorKey() throws Exception {
      ClientCertificate one = generate(ALICE);
      ClientCertificate other = generate(ALICE);

      assertNotEquals(
          x509(one.pemEncodedCertificate()).getSerialNumber(),
          x509(other.pemEncodedCertificate()).getSerialNumber());
      assertNotEquals(privateKey(one), privateKey(other));
    }

    @Test
    void aCertificateIsReadDescribedAndDeleted() {
      ClientCertificate made = generate(ALICE);
      String id = made.clientCertificateId();

      ClientCertificate updated =
          in(
              () ->
                  house.certificates.updateClientCertificate(
                      ALICE,
                      UpdateClientCertificateRequest.builder()
                          .clientCertificateId(id)
                          .patchOperations(replace("/description", "new"))
                          .build()));

      assertEquals("new", updated.description());
      assertEquals(made.pemEncodedCertificate(), updated.pemEncodedCertificate());
      assertTrue(Wire.write(updated).containsKey("tags"));
      assertEquals(updated, certificate(ALICE, id));
      delete(ALICE, id);
      assertEquals(
          "Invalid Client Certificate identifier specified",
          refused(() -> certificate(ALICE, id)).getMessage());
    }

    @Test
    void onlyTheDescriptionOfACertificateChanges() {
      String id = generate(ALICE).clientCertificateId();

      ApiError error =
          refused(
              () ->
                  in(
                      () ->
                          house.certificates.updateClientCertificate(
                              ALICE,
                              UpdateClientCertificateRequest.builder()
                                  .clientCertificateId(id)
                                  .patchOperations(replace("/pemEncodedCertificate", "mine"))
                                  .build())));

      assertEquals(ApiError.Kind.BAD_REQUEST, error.kind());
    }

    @Test
    void aCertificateThatAStageShowsIsNotDeleted() {
      String id = generate(ALICE).clientCertificateId();
      String apiId = house.ids.restApi();
      house.run(
          () -> {
            house.kit.apis.create(ALICE, Kit.mock(apiId));
            house.kit.deployments.create(
                ALICE, apiId, Deployment.builder().id("dep1").build(), Kit.mock(apiId));
            house.kit.stages.create(
                ALICE,
                apiId,
                Stage.builder()
                    .stageName("prod")
                    .deploymentId("dep1")
                    .clientCertificateId(id)
                    .build());
          });

      ApiError error = refused(() -> delete(ALICE, id));

      assertEquals(ApiError.Kind.BAD_REQUEST, error.kind());
      assertTrue(error.getMessage().contains(apiId + ":prod"), error.getMessage());
      house.run(() -> house.kit.stages.delete(house.kit.stages.lock(ALICE, apiId, "prod")));
      delete(ALICE, id);
    }

    @Test
    void anAccountHasNoMoreThanTwentyCertificates() {
      Caller collector = Kit.caller("333333333333");
      for (int i = 0; i < 20; i++) {
        String id = "cert" + i;
        house.run(
            () ->
                house.kit.certificates.create(
                    collector, ClientCertificate.builder().clientCertificateId(id).build(), "key"));
      }

      ApiError error = refused(() -> generate(collector));

      assertEquals(ApiError.Kind.LIMIT_EXCEEDED, error.kind());
    }

    @Test
    void anotherTenantsCertificateAnswersAsOneThatNamesNothing() {
      String id = generate(ALICE).clientCertificateId();

      assertEquals(
          refused(() -> certificate(MALLORY, "nothing")).getMessage(),
          refused(() -> certificate(MALLORY, id)).getMessage());
      assertEquals(ApiError.Kind.NOT_FOUND, refused(() -> delete(MALLORY, id)).kind());
      assertEquals(
          ApiError.Kind.BAD_REQUEST,
          refused(() -> house.run(() -> house.kit.certificates.require(MALLORY, id))).kind());
      assertTrue(
          in(() ->
                  house.certificates.getClientCertificates(
                      MALLORY, GetClientCertificatesRequest.builder().build()))
              .items()
              .isEmpty());
    }

    @Test
    void aLinkIsMadePendingAndFoundReady() {
      VpcLink made = link(ALICE, "n");

      assertEquals("PENDING", made.statusAsString());
      assertNull(made.statusMessage());
      assertFalse(Wire.write(made).containsKey("tags"));
      VpcLink found = link(made.id());
      assertEquals("AVAILABLE", found.statusAsString());
      assertEquals("Your vpc link is ready for use", found.statusMessage());
      assertEquals(List.of(BALANCER), found.targetArns());
      assertTrue(Wire.write(found).containsKey("tags"));
      VpcLink listed =
          in(() -> house.links.getVpcLinks(ALICE, GetVpcLinksRequest.builder().limit(500).build()))
              .items()
              .stream()
              .filter(l -> l.id().equals(made.id()))
              .findFirst()
              .orElseThrow();
      assertFalse(Wire.write(listed).containsKey("tags"));
      deleteLink(made.id());
      assertEquals(
          "Invalid Vpc Link identifier specified", refused(() -> link(made.id())).getMessage());
    }

    @Test
    void aLinkIsRenamedButNeverLeadsElsewhere() {
      String id = link(ALICE, "n").id();

      assertEquals("new", patchLink(id, replace("/name", "new")).name());
      assertEquals(
          "Target arns are not allowed to be changed/added.",
          refused(() -> patchLink(id, replace("/targetArns", BALANCER))).getMessage());
      assertEquals(
          ApiError.Kind.BAD_REQUEST, refused(() -> patchLink(id, replace("/name", ""))).kind());
    }

    @Test
    void aLinkHasOneTargetWhichIsALoadBalancer() {
      assertEquals(
          "More than one target arn specified for vpc link.",
          refused(() -> link(ALICE, "n", BALANCER, BALANCER)).getMessage());
      assertEquals(
          ApiError.Kind.BAD_REQUEST, refused(() -> link(ALICE, "n", "http://10.0.0.1")).kind());
    }

    @Test
    void aLinkThatAnIntegrationNamesIsNotDeleted() {
      String id = link(ALICE, "n").id();
      String apiId = house.ids.restApi();
      var method =
          Kit.mock(apiId).resources().get("root").resourceMethods().get("GET").toBuilder()
              .methodIntegration(
                  i -> i.type("HTTP_PROXY").connectionType("VPC_LINK").connectionId(id))
              .build();
      house.run(() -> house.kit.apis.create(ALICE, Kit.definition(apiId, Map.of("GET", method))));

      assertEquals(
          "Cannot delete vpc link. Vpc link '%s', is referenced in [%s:GET:root] in format of [RESTApiId:Method:Resource]."
              .formatted(id, apiId),
          refused(() -> deleteLink(id)).getMessage());

      house.run(() -> house.kit.apis.delete(ALICE, apiId));
      deleteLink(id);
    }

    @Test
    void tagsOfCertificatesAndLinksAreReadAndChanged() {
      for (String path :
          List.of(
              "/clientcertificates/" + generate(ALICE).clientCertificateId(),
              "/vpclinks/" + link(ALICE, "n").id())) {
        String arn = "arn:aws:apigateway:us-east-1::" + path;
        house.run(
            () ->
                house.tags.tagResource(
                    ALICE,
                    TagResourceRequest.builder()
                        .resourceArn(arn)
                        .tags(Map.of("a", "1", "b", "2"))
                        .build()));
        house.run(
            () ->
                house.tags.untagResource(
                    ALICE, UntagResourceRequest.builder().resourceArn(arn).tagKeys("a").build()));

        assertEquals(Map.of("b", "2"), tags(ALICE, arn));
        assertEquals(ApiError.Kind.NOT_FOUND, refused(() -> tags(MALLORY, arn)).kind());
      }
    }

    @Test
    void theAccountKeepsARoleUntilABlankTakesItAway() {
      String role = "arn:aws:iam::111111111111:role/logs";

      assertEquals(role, patchAccount(ALICE, replace("/cloudwatchRoleArn", role)));
      assertEquals(role, role(ALICE));
      assertNull(role(MALLORY));
      assertEquals(
          "Invalid Role ARN specified",
          refused(() -> patchAccount(ALICE, replace("/cloudwatchRoleArn", "logs"))).getMessage());
      assertNull(patchAccount(ALICE, replace("/cloudwatchRoleArn", "")));
      assertNull(role(ALICE));
    }

    @Test
    void theAccountHasUsagePlansAndNoOtherFeature() {
      var account = in(() -> house.account.getAccount(ALICE, GetAccountRequest.builder().build()));
      assertEquals(List.of("UsagePlans"), account.features());
      assertEquals("4", account.apiKeyVersion());
      assertEquals(5000, account.throttleSettings().burstLimit());

      patchAccount(ALICE, op(Op.ADD, "/features", "UsagePlans"));
      assertEquals(
          ApiError.Kind.BAD_REQUEST,
          refused(() -> patchAccount(ALICE, op(Op.ADD, "/features", "Teleport"))).kind());
      assertEquals(
          ApiError.Kind.BAD_REQUEST,
          refused(() -> patchAccount(ALICE, op(Op.REMOVE, "/features", "UsagePlans"))).kind());
    }

    private ClientCertificate generate(Caller caller) {
      return in(
          () ->
              house.certificates.generateClientCertificate(
                  caller, GenerateClientCertificateRequest.builder().description("").build()));
    }

    private ClientCertificate certificate(Caller caller, String id) {
      return in(
          () ->
              house.certificates.getClientCertificate(
                  caller, GetClientCertificateRequest.builder().clientCertificateId(id).build()));
    }

    private void delete(Caller caller, String id) {
      house.run(
          () ->
              house.certificates.deleteClientCertificate(
                  caller,
                  DeleteClientCertificateRequest.builder().clientCertificateId(id).build()));
    }

    private String privateKey(ClientCertificate certificate) {
      return in(
          () -> {
            StoredClientCertificate row =
                house.kit.certificates.get(ALICE, certificate.clientCertificateId());
            return house.kit.certificates.privateKey(row);
          });
    }

    private void assertNowhereInTheDatabase(byte[] key) throws Exception {
      // Its end: what stands before is in the certificate too.
      String text = Base64.getEncoder().encodeToString(key);
      String secret = text.substring(text.length() - 60, text.length() - 20);
      try (var connection = house.kit.database.dataSource().getConnection();
          var statement = connection.createStatement();
          var rows = statement.executeQuery("select body, sealed_key from client_certificate")) {
        int count = 0;
        while (rows.next()) {
          count++;
          String row = rows.getString(1) + rows.getString(2);
          assertFalse(row.replaceAll("\\\\n|\\s", "").contains(secret));
        }
        assertTrue(count > 0);
      }
    }

    private VpcLink link(Caller caller, String name, String... targets) {
      return in(
          () ->
              house.links.createVpcLink(
                  caller,
                  CreateVpcLinkRequest.builder()
                      .name(name)
                      .targetArns(targets.length == 0 ? new String[] {BALANCER} : targets)
                      .build()));
    }

    private VpcLink link(String id) {
      return in(
          () -> house.links.getVpcLink(ALICE, GetVpcLinkRequest.builder().vpcLinkId(id).build()));
    }

    private VpcLink patchLink(String id, PatchOperation operation) {
      return in(
          () ->
              house.links.updateVpcLink(
                  ALICE,
                  UpdateVpcLinkRequest.builder().vpcLinkId(id).patchOperations(operation).build()));
    }

    private void deleteLink(String id) {
      house.run(
          () ->
              house.links.deleteVpcLink(
                  ALICE, DeleteVpcLinkRequest.builder().vpcLinkId(id).build()));
    }

    private Map<String, String> tags(Caller caller, String arn) {
      return in(() -> house.tags.getTags(caller, GetTagsRequest.builder().resourceArn(arn).build()))
          .tags();
    }

    private String patchAccount(Caller caller, PatchOperation operation) {
      return in(() ->
              house.account.updateAccount(
                  caller, UpdateAccountRequest.builder().patchOperations(operation).build()))
          .cloudwatchRoleArn();
    }

    private String role(Caller caller) {
      return in(() -> house.account.getAccount(caller, GetAccountRequest.builder().build()))
          .cloudwatchRoleArn();
    }

    private <T> T in(Supplier<T> operation) {
      return house.in(operation);
    }

    private static ApiError refused(Executable operation) {
      return assertThrows(ApiError.class, operation);
    }

    private static PatchOperation replace(String path, String value) {
      return op(Op.REPLACE, path, value);
    }

    private static PatchOperation op(Op op, String path, String value) {
      return PatchOperation.builder().op(op).path(path).value(value).build();
    }

    private static X509Certificate x509(String pem) throws Exception {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] der(String pem) {
      return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
  }
}
