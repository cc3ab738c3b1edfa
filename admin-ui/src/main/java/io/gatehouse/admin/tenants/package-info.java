/**
 * Tenants and their people as the sign-in service knows them: groups {@code
 * /tenants/{account}/owner|developer|viewer} and {@code /operators}. The only users of Keycloak's
 * admin client.
 */
package io.gatehouse.admin.tenants;
