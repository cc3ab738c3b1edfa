-- Snapshots of stages carry what their canary serves from now on: nodes are to get them anew.
update stage set revision = revision + 1 where canary_deployment_id is not null;
