package io.gatehouse.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|The policy is empty",
        "[]|The policy must be a JSON object, not of type ARRAY",
        "{\"Statement\": []} x|The policy goes on after the end of its JSON",
        "{}|The policy has no Statement",
        "{\"Version\": \"2013-01-01\", \"Statement\": []}|Version: '2013-01-01' is no version; use 2012-10-17",
        "{\"Statements\": []}|'Statements' is not known here",
        "{\"Statement\": [7]}|Statement[0]: a statement is an object, not 7",
        "{\"Statement\": {\"Action\": \"*\", \"Resource\": \"*\"}}|Statement[0]: it has no Effect",
        "{\"Statement\": {\"Effect\": \"allow\", \"Action\": \"*\", \"Resource\": \"*\"}}|Statement[0].Effect: 'allow' is no effect; it is Allow or Deny",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Resource\": \"*\"}}|Statement[0]: it must have either Action or NotAction",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"NotAction\": \"*\", \"Resource\": \"*\"}}|Statement[0]: it must have either Action or NotAction, not both",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\"}}|Statement[0]: it must have either Resource or NotResource",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [], \"Resource\": \"*\"}}|Statement[0].Action: the list is empty",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"GET\", \"Resource\": \"*\"}}|Statement[0].Action: 'GET' is no action; write one as apigateway:GET, or *",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"/restapis\"}}|Statement[0].Resource: '/restapis' is no ARN; write one, perhaps with wildcards, or *",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Principal\": \"*\"}}|Statement[0]: a policy of this kind names no Principal",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringIs\": {\"a:b\": \"c\"}}}}|Statement[0].Condition: 'StringIs' is no condition operator",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.256\"}}}}|Statement[0].Condition.IpAddress.aws:SourceIp: '10.0.0.256' is not an address or block such as 203.0.113.0/24 or 2001:db8::/32",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"NullIfExists\": {\"a:b\": true}}}}|Statement[0].Condition: 'NullIfExists' is no condition operator",
        "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"arn:${aws:username\"}}|Statement[0].Resource: the variable at character 5 has no }",
        "{\"Statement\": [{\"Sid\": \"A\", \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}, {\"Sid\": \"A\", \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}|Statement[1].Sid: 'A' names another statement already"
      })
  void a_mistake_is_named_with_its_place(String text, String message) {
    InvalidPolicy invalid =
        assertThrows(InvalidPolicy.class, () -> Policy.parse(text, Policy.Kind.IDENTITY));

    assertEquals(message, invalid.getMessage());
    assertTrue(message.startsWith(invalid.place()));
  }

  @Test
  void a_resource_policy_names_principals_that_can_be() {
    for (String principal :
        List.of("7", "{}", "{\"AWS\": \"arn:aws:iam::123456789012:user/*\"}", "{\"Aws\": \"*\"}")) {
      String text =
          "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":"
              + principal
              + "}}";
      InvalidPolicy invalid =
          assertThrows(InvalidPolicy.class, () -> Policy.parse(text, Policy.Kind.RESOURCE));
      assertTrue(invalid.place().startsWith("Statement[0].Principal"), invalid.getMessage());
    }
  }

  @Test
  void white_space_does_not_count_but_everything_else_does() {
    String statement = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";
    String filler = "arn:" + "a".repeat(6144);

    identity(statement + " ".repeat(10_000));
    assertThrows(
        InvalidPolicy.class, () -> identity(statement.replace("\"*\"", "\"" + filler + "\"")));
    assertThrows(InvalidPolicy.class, () -> identity(statement + " ".repeat(70_000)));
    assertThrows(InvalidPolicy.class, () -> Policy.parse("[".repeat(5000), Policy.Kind.IDENTITY));
    assertThrows(
        InvalidPolicy.class,
        () -> Policy.parse("{\"a\":".repeat(1000) + "1" + "}".repeat(1000), Policy.Kind.IDENTITY));
  }

  private static Policy identity(String statements) {
    return Policy.parse(
        "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}", Policy.Kind.IDENTITY);
  }
}
