package io.gatehouse.admin.console.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.parts.Links;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Policy;

class IamSnippetsTest {

  @Test
  void terraformKeepsTheVariablesOfPolicies() {
    Policy policy = Policy.builder().policyName("9 lives").path("/").build();
    assertEquals(
        """
        resource "aws_iam_policy" "the-9-lives" {
          name   = "9 lives"
          path   = "/"
          policy = <<-POLICY
            {
              "$${aws:username}"
            }
          POLICY
        }""",
        IamSnippets.terraformPolicy(policy, "{\n  \"${aws:username}\"\n}"));
  }

  @Test
  void everyHolderIsAttachedToByItsOwnCommand() {
    String command =
        IamSnippets.attach("http://here", new Holder(Holder.Kind.GROUP, "callers"), "1");
    assertTrue(command.contains("attach-group-policy"), command);
    assertTrue(command.contains("--group-name callers"), command);
  }

  @Test
  void theAddressOfAPolicyHasASegmentForEachPartOfItsPath() {
    assertEquals(
        "iam/policy/arn:aws:iam::1:policy/team/read",
        Links.path(IamPaths.policy("arn:aws:iam::1:policy/team/read")));
    assertEquals(
        "iam/users/a+b=c,d.e@f-g",
        Links.path(IamPaths.of(new Holder(Holder.Kind.USER, "a+b=c,d.e@f-g"))));
    assertEquals("a%20b/%2F%25%3F", Links.path("a b", "/%?"));
  }
}
