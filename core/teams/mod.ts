/**
 * Teams: people who work together. An inbox may be a team's, which makes its members work there (`membersOf` in
 * `core/access`); a conversation may be given to one; a comment may name one. Knows nothing of what is in inboxes.
 *
 * One flow: an admin changes a team → the record, and `access.changed` for those who came or went, in one commit →
 * their streams end and begin again with the new rights. A team that is removed leaves inboxes in that commit and
 * conversations by a job.
 * @module
 */
export { createTeams, type TeamInput, type TeamPatch, type Teams } from "./teams.ts";
export { createTeamClearer, TEAM_GONE_JOB } from "./clear_team.ts";
