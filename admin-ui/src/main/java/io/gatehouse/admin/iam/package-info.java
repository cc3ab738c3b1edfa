/**
 * Users, groups, roles and policies of an account, and the temporary keys of sessions: one class
 * for each family of IAM's operations, and one for the Security Token Service. The guard decides by
 * them; nodes get users and roles as snapshots. Imitates the IAM and STS API references.
 */
package io.gatehouse.admin.iam;
