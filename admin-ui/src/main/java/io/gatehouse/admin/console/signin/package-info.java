/**
 * Who sits before the console: sign-in and sign-out by OpenID Connect, the person's tenants and
 * roles, and the {@link io.gatehouse.admin.guard.Caller} of every operation that a screen calls.
 */
package io.gatehouse.admin.console.signin;
