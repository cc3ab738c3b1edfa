package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.BadRequestException;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.Op;

/** Custom domain names and client certificates through the SDK, served by both nodes. */
@ExtendWith(Installation.Shared.class)
@Order(2)
class CustomDomainIT {

  private static final String NAME = "pets.example.com";

  private final Installation installation;
  private final ApiGatewayClient client;

  CustomDomainIT(Installation installation) {
    this.installation = installation;
    this.client = installation.apiGateway();
  }

  /** A Host of one's own is not for Java's client to send. */
  private String get(String node, String path) throws Exception {
    URI address = URI.create(node);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: " + NAME + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private void assertStatus(int status, String path) throws Exception {
    for (String node : installation.nodes()) {
      String answer = get(node, path);
      assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), node + path + ": " + answer);
    }
  }

  @Test
  void anApiIsReachedByItsDomainOnEveryNodeWhenTheMappingHasBeenAnswered() throws Exception {
    PetStore pets = PetStore.publish(installation, client);
    client.createDomainName(
        r ->
            r.domainName(NAME)
                .regionalCertificateArn("arn:aws:acm:us-east-1:123456789012:certificate/a")
                .endpointConfiguration(e -> e.typesWithStrings("REGIONAL")));
    assertStatus(403, "/pets/1");
    client.createBasePathMapping(
        r -> r.domainName(NAME).basePath("").restApiId(pets.apiId()).stage(PetStore.STAGE));
    assertStatus(200, "/pets/1");
    client.updateBasePathMapping(
        r ->
            r.domainName(NAME)
                .basePath("(none)")
                .patchOperations(p -> p.op(Op.REPLACE).path("/basePath").value("store")));
    assertStatus(403, "/pets/1");
    assertStatus(200, "/store/pets/1");
    assertThrows(
        BadRequestException.class, () -> client.deleteRestApi(r -> r.restApiId(pets.apiId())));
    client.deleteDomainName(r -> r.domainName(NAME));
    assertStatus(403, "/store/pets/1");
    assertThrows(NotFoundException.class, () -> client.getDomainName(r -> r.domainName(NAME)));
  }

  @Test
  void aStageThatShowsACertificateIsServedAndTheCertificateStaysAsLongAsIt() throws Exception {
    PetStore pets = PetStore.publish(installation, client);
    String id = client.generateClientCertificate(r -> r.description("d")).clientCertificateId();
    assertThrows(
        BadRequestException.class,
        () ->
            client.updateStage(
                r ->
                    r.restApiId(pets.apiId())
                        .stageName(PetStore.STAGE)
                        .patchOperations(
                            p -> p.op(Op.REPLACE).path("/clientCertificateId").value("nothing"))));
    client.updateStage(
        r ->
            r.restApiId(pets.apiId())
                .stageName(PetStore.STAGE)
                .patchOperations(p -> p.op(Op.REPLACE).path("/clientCertificateId").value(id)));
    for (String node : installation.nodes()) {
      assertEquals(
          200, installation.call(node, pets.apiId(), PetStore.STAGE, "/pets/1").statusCode());
    }
    assertThrows(
        BadRequestException.class,
        () -> client.deleteClientCertificate(r -> r.clientCertificateId(id)));
    client.deleteRestApi(r -> r.restApiId(pets.apiId()));
    client.deleteClientCertificate(r -> r.clientCertificateId(id));
  }
}
