import { fakePorts } from "@/tests/fakes/ports.ts";
import { checkIndex } from "@/tests/search/check_index.ts";
import { openSqliteIndex } from "./sqlite_index.ts";

checkIndex("openSqliteIndex()", () => openSqliteIndex(":memory:", fakePorts()));
