package io.gatehouse.runtime.door;

import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Reason;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.apigateway.model.EndpointConfiguration;
import software.amazon.awssdk.services.apigateway.model.EndpointType;

/** Private APIs and addresses that a proxy tells, through a door whose only caller is a proxy. */
class PrivateApiTest {

  private static final String ANYBODY =
      "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}";
  private static final String ONE =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "*"},
        {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "*",
         "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}]}""";

  private static Door door;

  @BeforeAll
  static void open() throws Exception {
    door = Door.told("127.0.0.1", "vpce-1/vpc-1=10.1.0.0/16;vpce-2=10.2.0.0/16");
    serve("private1", ANYBODY, EndpointType.PRIVATE);
    serve("private2", ANYBODY, EndpointType.PRIVATE, "vpce-2");
    serve("onlyone1", ONE, EndpointType.PRIVATE);
    serve("nopolicy", null, EndpointType.PRIVATE);
    serve("public01", null, EndpointType.REGIONAL);
  }

  @AfterAll
  static void close() throws Exception {
    door.close();
  }

  private static void serve(String id, String policy, EndpointType type, String... endpoints) {
    SampleApi api =
        api(id, "dev")
            .with(a -> a.policy(policy))
            .with(
                a ->
                    a.endpointConfiguration(
                        EndpointConfiguration.builder()
                            .types(type)
                            .vpcEndpointIds(endpoints)
                            .build()))
            .mock(
                "GET",
                "/p",
                200,
                "$context.identity.sourceIp $!context.identity.vpceId $!context.identity.vpcId");
    door.serve(api.snapshot(1));
  }

  /** Where from, Host, x-apigw-api-id, and what comes of it. */
  @ParameterizedTest
  @CsvSource({
    "10.1.0.1,private1.execute-api.us-east-1.amazonaws.com,,10.1.0.1 vpce-1 vpc-1",
    "10.2.0.1,private1.execute-api.us-east-1.amazonaws.com,,10.2.0.1 vpce-2 ",
    "10.1.0.1,private1-vpce-1.execute-api.us-east-1.amazonaws.com,,10.1.0.1 vpce-1 vpc-1",
    "10.1.0.1,PRIVATE1-VPCE-1.execute-api.us-east-1.amazonaws.com,,10.1.0.1 vpce-1 vpc-1",
    "10.1.0.1,private1-vpce-2.execute-api.us-east-1.amazonaws.com,,API_NOT_FOUND",
    "10.1.0.1,vpce-1-ab.execute-api.us-east-1.vpce.amazonaws.com,private1,10.1.0.1 vpce-1 vpc-1",
    "10.3.0.1,vpce-1-ab.execute-api.us-east-1.vpce.amazonaws.com,private1,API_NOT_FOUND",
    "10.1.0.1,vpce-1-abcd.us-east-1.vpce.amazonaws.com,private1,10.1.0.1 vpce-1 vpc-1",
    "10.1.0.1,vpce-1-abcd.us-east-1.vpce.amazonaws.com,,API_NOT_FOUND",
    "10.1.0.1,public01.execute-api.us-east-1.amazonaws.com,nopolicy,10.1.0.1 vpce-1 vpc-1",
    "10.3.0.1,private1.execute-api.us-east-1.amazonaws.com,,PRIVATE_API",
    "10.3.0.1,private1-vpce-1.execute-api.us-east-1.amazonaws.com,,API_NOT_FOUND",
    "10.3.0.1,vpce-1-abcd.us-east-1.vpce.amazonaws.com,private1,API_NOT_FOUND",
    "'10.1.0.1, 203.0.113.7',private1.execute-api.us-east-1.amazonaws.com,,PRIVATE_API",
    "10.1.0.1,private2.execute-api.us-east-1.amazonaws.com,,PRIVATE_API",
    "10.2.0.1,private2.execute-api.us-east-1.amazonaws.com,,10.2.0.1 vpce-2 ",
    "10.1.0.1,onlyone1.execute-api.us-east-1.amazonaws.com,,10.1.0.1 vpce-1 vpc-1",
    "10.2.0.1,onlyone1.execute-api.us-east-1.amazonaws.com,,RESOURCE_POLICY_DENIES",
    "10.1.0.1,nopolicy.execute-api.us-east-1.amazonaws.com,,RESOURCE_POLICY_SILENT",
    "203.0.113.7,public01.execute-api.us-east-1.amazonaws.com,,203.0.113.7  ",
    "nonsense,public01.execute-api.us-east-1.amazonaws.com,,127.0.0.1  "
  })
  void aPrivateApiIsReachedThroughItsEndpointsAlone(
      String from, String host, String apiId, String expected) throws Exception {
    String answer =
        door.raw(
            "GET /dev/p HTTP/1.1\r\nHost: "
                + host
                + "\r\nConnection: close\r\nX-Forwarded-For: "
                + from
                + (apiId == null ? "" : "\r\nx-apigw-api-id: " + apiId)
                + "\r\n\r\n");
    Exchange x = door.exchange();
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    if (x.refusal() == null) {
      assertEquals(expected.strip(), body.strip());
    } else {
      assertEquals(Reason.valueOf(expected), x.refusal().reason());
      assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    }
    if (expected.equals("PRIVATE_API") || expected.equals("API_NOT_FOUND")) {
      assertEquals("{\"message\":\"Forbidden\"}", body);
    }
  }

  @Test
  void aSecureTransportIsWhatTheProxyTells() throws Exception {
    String secure =
        """
        {"Statement": [
          {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
          {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
           "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}""";
    serve("secure01", secure, EndpointType.REGIONAL);
    for (Map.Entry<String, String> told : Map.of("https", "200", "http", "403").entrySet()) {
      String answer =
          door.get("/_aws/execute-api/secure01/dev/p", "X-Forwarded-Proto: " + told.getKey());
      assertEquals(told.getValue(), answer.substring(9, 12));
    }
  }
}
