package io.gatehouse.admin.pools;

import io.gatehouse.admin.operations.TagRules;
import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminCreateUserConfigType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeletionProtectionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PasswordPolicyType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** What of the vendor's settings a pool here has; all others are refused by name. */
final class PoolRules {

  private static final Set<String> OF_ALL =
      Set.of("PoolName", "UserPoolTags", "DeletionProtection", "MfaConfiguration", "UserPoolId");

  private static final Set<String> OF_REALMS =
      Set.of(
          "PoolName",
          "UserPoolId",
          "UserPoolTags",
          "DeletionProtection",
          "MfaConfiguration",
          "Policies",
          "AliasAttributes",
          "UsernameAttributes",
          "UsernameConfiguration",
          "AdminCreateUserConfig",
          "AccountRecoverySetting",
          "VerificationMessageTemplate",
          "EmailConfiguration",
          "UserPoolTier");

  private static final PasswordPolicyType USUAL_PASSWORDS =
      PasswordPolicyType.builder()
          .minimumLength(8)
          .requireUppercase(true)
          .requireLowercase(true)
          .requireNumbers(true)
          .requireSymbols(true)
          .build();

  private final IssuerRules issuers;

  PoolRules(String egressAllow) {
    this.issuers = new IssuerRules(egressAllow);
  }

  /** What a pool is with these settings, but for what it gets when it is made. */
  UserPoolType pool(CreateUserPoolRequest in) {
    Map<String, String> tags = in.userPoolTags();
    TagRules.check(tags);
    Unbuilt.refuseUnless(
        in.mfaConfiguration() == null || in.mfaConfiguration() == UserPoolMfaType.OFF,
        "MfaConfiguration");
    UserPoolType.Builder pool =
        Wire.read(Wire.write(in), UserPoolType.builder()).toBuilder()
            .name(in.poolName())
            .mfaConfiguration(UserPoolMfaType.OFF)
            .deletionProtection(
                in.deletionProtection() == null
                    ? DeletionProtectionType.INACTIVE
                    : in.deletionProtection());
    if (PoolIssuer.isRegistered(tags)) {
      Unbuilt.refuseOthers(in, OF_ALL);
      issuers.check(tags);
      // Tools count on this member; an issuer's passwords are its own affair.
      return pool.policies(p -> {}).build();
    }
    refuseOrphans(tags);
    checkRealm(in);
    PasswordPolicyType passwords =
        in.policies() == null || in.policies().passwordPolicy() == null
            ? USUAL_PASSWORDS
            : passwords(in.policies().passwordPolicy());
    return pool.policies(p -> p.passwordPolicy(passwords)).build();
  }

  /** Tags of a registered pool at one that is not. */
  private static void refuseOrphans(Map<String, String> tags) {
    for (String tag : PoolIssuer.TAGS) {
      if (tags.containsKey(tag)) {
        throw ApiError.badRequest("The tag " + tag + " is for pools with the tag gatehouse:issuer");
      }
    }
  }

  private static PasswordPolicyType passwords(PasswordPolicyType given) {
    Unbuilt.refuseUnless(
        given.temporaryPasswordValidityDays() == null || given.temporaryPasswordValidityDays() == 0,
        "Policies.PasswordPolicy.TemporaryPasswordValidityDays");
    return given.minimumLength() == null ? given.toBuilder().minimumLength(8).build() : given;
  }

  private static void checkRealm(CreateUserPoolRequest in) {
    Unbuilt.refuseOthers(in, OF_REALMS);
    if (in.policies() != null) {
      Unbuilt.refuseOthers(in.policies(), Set.of("PasswordPolicy"));
    }
    Unbuilt.refuseOtherValues("AliasAttributes", in.aliasAttributesAsStrings(), Set.of("email"));
    Unbuilt.refuseOtherValues(
        "UsernameAttributes", in.usernameAttributesAsStrings(), Set.of("email"));
    Unbuilt.refuseUnless(
        in.usernameConfiguration() == null
            || !Boolean.TRUE.equals(in.usernameConfiguration().caseSensitive()),
        "UsernameConfiguration.CaseSensitive");
    if (in.adminCreateUserConfig() != null) {
      checkCreation(in.adminCreateUserConfig());
    }
    if (in.accountRecoverySetting() != null) {
      Unbuilt.refuseOtherValues(
          "AccountRecoverySetting",
          in.accountRecoverySetting().recoveryMechanisms().stream()
              .map(mechanism -> mechanism.nameAsString())
              .toList(),
          Set.of("admin_only"));
    }
    checkMail(in);
    Unbuilt.refuseOtherValues(
        "UserPoolTier", values(in.userPoolTierAsString()), Set.of("LITE", "ESSENTIALS"));
  }

  private static List<String> values(String value) {
    return value == null ? List.of() : List.of(value);
  }

  private static void checkCreation(AdminCreateUserConfigType config) {
    Unbuilt.refuseOthers(config, Set.of("AllowAdminCreateUserOnly", "UnusedAccountValidityDays"));
    Unbuilt.refuseUnless(
        config.unusedAccountValidityDays() == null || config.unusedAccountValidityDays() == 0,
        "AdminCreateUserConfig.UnusedAccountValidityDays");
  }

  /** No mail is sent; tools name the settings of what is not sent all the same. */
  private static void checkMail(CreateUserPoolRequest in) {
    if (in.verificationMessageTemplate() != null) {
      Unbuilt.refuseOthers(in.verificationMessageTemplate(), Set.of("DefaultEmailOption"));
      Unbuilt.refuseOtherValues(
          "VerificationMessageTemplate.DefaultEmailOption",
          values(in.verificationMessageTemplate().defaultEmailOptionAsString()),
          Set.of("CONFIRM_WITH_CODE"));
    }
    if (in.emailConfiguration() != null) {
      Unbuilt.refuseOthers(in.emailConfiguration(), Set.of("EmailSendingAccount"));
      Unbuilt.refuseOtherValues(
          "EmailConfiguration.EmailSendingAccount",
          values(in.emailConfiguration().emailSendingAccountAsString()),
          Set.of("COGNITO_DEFAULT"));
    }
  }

  /**
   * @param was tags of before
   * @throws ApiError when a pool would become one of the other kind, or its issuer none
   */
  void checkTags(Map<String, String> was, Map<String, String> tags) {
    TagRules.check(tags);
    if (PoolIssuer.isRegistered(was) != PoolIssuer.isRegistered(tags)) {
      throw ApiError.badRequest(
          "The tag gatehouse:issuer says of which kind a pool is: it is given when the pool is made,"
              + " and may change, but neither come nor go");
    }
    if (PoolIssuer.isRegistered(tags)) {
      issuers.check(tags);
    } else {
      refuseOrphans(tags);
    }
  }
}
